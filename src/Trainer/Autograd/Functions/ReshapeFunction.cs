using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.Reshape;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>[N, …] to [N, target…]: the same elements under another shape, the batch kept.</summary>
/// <param name="target">The shape of one sample.</param>
public sealed class ReshapeFunction(Shape target) : Function
{
    /// <summary>The shape of one sample.</summary>
    public Shape Target { get; } = target;

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool IsView => true;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 1);
        Require.AtLeastRank(this, inputs[0], 1);
        int perSample = inputs[0].LengthOf(1..);
        return perSample == Target.Length
            ? [inputs[0][0], .. Target.Dimensions]
            : throw new ArgumentException($"Reshape: {perSample} elements a sample (input {inputs[0]}) cannot take the shape {Target}, which has {Target.Length}.", nameof(inputs));
    }

    /// <inheritdoc/>
    internal override GradientFlow Flow(int input, ReadOnlySpan<Shape> inputs) => GradientFlow.Same;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => context.Input(0).CopyTo(context.Output);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => GradientMath.Pass(context);

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);

        // 0 copies the batch's size from the input, so that it stays symbolic.
        long[] shape = [0, .. Target.Select(size => (long)size)];
        return sink.Add(new Record(AllowZero: false), inputs[0], sink.Constant("shape", Tensor.Vector<long>(shape)));
    }
}
