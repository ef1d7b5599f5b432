using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// Sigmoid and binary cross-entropy in one, from logits z: the mean over all n elements of max(z, 0) - z · t + ln(1 + e^-|z|), which
/// neither overflows nor cancels; dz = (sigmoid(z) - t) / n.
/// </summary>
public sealed class SigmoidCrossEntropyFunction : ElementLossFunction, IPredictingFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static SigmoidCrossEntropyFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => input != 0;

    /// <inheritdoc/>
    public override int WorkspaceLength(ReadOnlySpan<Shape> inputs) => inputs[0].Length;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        ReadOnlySpan<T> z = context.Input(0);
        ElementWise.Unary(default(Sigmoid), z, context.Workspace, context.Workers);
        Forward(default(FromLogits), context, z.Length);
    }

    // Backward reads the probabilities that forward left in place of the logits.

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => Backward(default(FromLogits), context, context.Workspace, context.Workspace.Length);

    private readonly struct FromLogits : IElementLoss
    {
        public T Value<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            // Not T.Max: a NaN must reach the loss, where training stops on it.
            T positive = y < T.Zero ? T.Zero : y;
            return positive - (y * t) + T.LogP1(T.Exp(-T.Abs(y)));
        }

        /// <summary>From the probability.</summary>
        public T Slope<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => y - t;
    }
}
