using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>The mean over all n elements of (y - t)²; dy = 2 · (y - t) / n.</summary>
public sealed class MeanSquaredErrorFunction : LossFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static MeanSquaredErrorFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        ReadOnlySpan<T> y = context.Input(0);
        ReadOnlySpan<T> t = context.Input(1);
        T total = T.Zero;
        for (int i = 0; i < y.Length; i++)
        {
            T error = y[i] - t[i];
            total += error * error;
        }

        context.Output[0] = total / T.CreateChecked(y.Length);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        ReadOnlySpan<T> y = context.Input(0);
        ReadOnlySpan<T> t = context.Input(1);
        Span<T> gradient = context.InputGradient(0);
        T scale = T.CreateChecked(2) * context.OutputGradient[0] / T.CreateChecked(y.Length);
        for (int i = 0; i < y.Length; i++)
        {
            T value = (y[i] - t[i]) * scale;
            gradient[i] = context.Accumulates(0) ? gradient[i] + value : value;
        }
    }
}
