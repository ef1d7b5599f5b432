using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.Flatten;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>[N, a, b, …] to [N, a·b·…]: the same elements.</summary>
public sealed class FlattenFunction : Function
{
    /// <summary>The function; it has no settings.</summary>
    public static FlattenFunction Instance { get; } = new();

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
        return [inputs[0][0], inputs[0].LengthOf(1..)];
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
        return sink.Add(new Record(Axis: 1), inputs);
    }
}
