using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// Sigmoid and binary cross-entropy in one, from logits z: the mean over all n elements of max(z, 0) - z · t + ln(1 + e^-|z|), which
/// neither overflows nor cancels; dz = (sigmoid(z) - t) / n.
/// </summary>
public sealed class SigmoidCrossEntropyFunction : LossFunction, IPredictingFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static SigmoidCrossEntropyFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => input == 1;

    /// <inheritdoc/>
    public override int WorkspaceLength(ReadOnlySpan<Shape> inputs) => inputs[0].Length;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        ReadOnlySpan<T> z = context.Input(0);
        ReadOnlySpan<T> t = context.Input(1);
        ElementWise.Unary(default(Sigmoid), z, context.Workspace, context.Workers);
        T total = T.Zero;
        for (int i = 0; i < z.Length; i++)
        {
            // Not T.Max: a NaN must reach the loss, where training stops on it.
            T positive = z[i] < T.Zero ? T.Zero : z[i];
            total += positive - (z[i] * t[i]) + T.LogP1(T.Exp(-T.Abs(z[i])));
        }

        context.Output[0] = total / T.CreateChecked(z.Length);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        ReadOnlySpan<T> p = context.Workspace;
        ReadOnlySpan<T> t = context.Input(1);
        Span<T> gradient = context.InputGradient(0);
        T scale = context.OutputGradient[0] / T.CreateChecked(gradient.Length);
        for (int i = 0; i < gradient.Length; i++)
        {
            T value = (p[i] - t[i]) * scale;
            gradient[i] = context.Accumulates(0) ? gradient[i] + value : value;
        }
    }
}
