using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = t · (1 - s) + s / k: a share s of a target is spread evenly over k classes; dt = dy · (1 - s). Nothing is exported.</summary>
/// <remarks>Szegedy et al., "Rethinking the inception architecture for computer vision", CVPR 2016, section 7.</remarks>
/// <param name="smoothing">s in [0, 1].</param>
/// <param name="classes">k, 1 or more.</param>
public sealed class LabelSmoothingFunction(double smoothing, int classes) : Function
{
    /// <summary>s.</summary>
    public double Smoothing { get; } = smoothing is >= 0 and <= 1
        ? smoothing
        : throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, $"LabelSmoothing: expected a smoothing of 0 to 1, got {smoothing}.");

    /// <summary>k.</summary>
    public int Classes { get; } = classes >= 1
        ? classes
        : throw new ArgumentOutOfRangeException(nameof(classes), classes, $"LabelSmoothing: expected 1 class or more, got {classes}.");

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 1);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        ReadOnlySpan<T> t = context.Input(0);
        Span<T> y = context.Output;
        T kept = T.CreateChecked(1 - Smoothing);
        T spread = T.CreateChecked(Smoothing / Classes);
        for (int i = 0; i < t.Length; i++)
        {
            y[i] = (t[i] * kept) + spread;
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        ReadOnlySpan<T> dy = context.OutputGradient;
        Span<T> dt = context.InputGradient(0);
        T kept = T.CreateChecked(1 - Smoothing);
        for (int i = 0; i < dy.Length; i++)
        {
            dt[i] = context.Accumulates(0) ? dt[i] + (dy[i] * kept) : dy[i] * kept;
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) =>
        throw new NotSupportedException($"{Name} exists in training only; it is not part of an exported model.");
}
