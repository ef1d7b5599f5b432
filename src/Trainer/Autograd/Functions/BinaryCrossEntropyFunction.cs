namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// Binary cross-entropy from probabilities p as Keras computes it, the mean over all n elements: q = clip(p, 1e-7, 1 - 1e-7),
/// -(t · ln q + (1 - t) · ln(1 - q)); dp = (q - t) / (q · (1 - q)) / n, and 0 where p was clipped.
/// </summary>
public sealed class BinaryCrossEntropyFunction : ElementLossFunction
{
    /// <summary>Probabilities are kept this far from 0 and 1.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>The function; it has no settings.</summary>
    public static BinaryCrossEntropyFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Forward(default(Rule), context, context.InputShape(0).Length);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => Backward(default(Rule), context, context.InputShape(0).Length);

    private readonly struct Rule : IElementLoss
    {
        public T Value<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            T low = T.CreateChecked(Epsilon);
            T q = T.Clamp(y, low, T.One - low);
            return -((t * T.Log(q)) + ((T.One - t) * T.Log(T.One - q)));
        }

        public T Slope<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            T low = T.CreateChecked(Epsilon);
            return y < low || y > T.One - low ? T.Zero : (y - t) / (y * (T.One - y));
        }
    }
}
