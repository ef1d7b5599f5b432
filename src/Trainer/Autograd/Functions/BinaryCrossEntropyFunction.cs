namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// Binary cross-entropy from probabilities p as Keras computes it, the mean over all n elements: q = clip(p, 1e-7, 1 - 1e-7),
/// -(t · ln q + (1 - t) · ln(1 - q)); dp = (q - t) / (q · (1 - q)) / n, and 0 where p was clipped.
/// </summary>
public sealed class BinaryCrossEntropyFunction : LossFunction
{
    /// <summary>Probabilities are kept this far from 0 and 1.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>The function; it has no settings.</summary>
    public static BinaryCrossEntropyFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        ReadOnlySpan<T> p = context.Input(0);
        ReadOnlySpan<T> t = context.Input(1);
        T low = T.CreateChecked(Epsilon);
        T total = T.Zero;
        for (int i = 0; i < p.Length; i++)
        {
            T q = T.Clamp(p[i], low, T.One - low);
            total -= (t[i] * T.Log(q)) + ((T.One - t[i]) * T.Log(T.One - q));
        }

        context.Output[0] = total / T.CreateChecked(p.Length);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        ReadOnlySpan<T> p = context.Input(0);
        ReadOnlySpan<T> t = context.Input(1);
        Span<T> gradient = context.InputGradient(0);
        T low = T.CreateChecked(Epsilon);
        T scale = context.OutputGradient[0] / T.CreateChecked(p.Length);
        for (int i = 0; i < p.Length; i++)
        {
            T value = p[i] < low || p[i] > T.One - low ? T.Zero : (p[i] - t[i]) / (p[i] * (T.One - p[i])) * scale;
            gradient[i] = context.Accumulates(0) ? gradient[i] + value : value;
        }
    }
}
