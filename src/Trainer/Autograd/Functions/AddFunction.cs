using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Add;
using Record = Toolkit.Onnx.Operators.Add;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>z = x + y, broadcast; dx and dy are dz summed over the axes along which the operand was repeated.</summary>
public sealed class AddFunction : BroadcastFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static AddFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    internal override bool CanOverwrite(int input) => true;

    /// <inheritdoc/>
    internal override GradientFlow Flow(int input, ReadOnlySpan<Shape> inputs) => inputs[0] == inputs[1] ? GradientFlow.Same : GradientFlow.Computed;

    /// <inheritdoc/>
    internal override Function? Fuse(Function next, ReadOnlySpan<Shape> inputs) => next is ReluFunction && inputs[0] == inputs[1] ? AddReluFunction.Instance : null;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Combine<Kernel, T>(context);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        for (int input = 0; input < 2; input++)
        {
            if (context.NeedsGradient(input))
            {
                Reduce(context, input, context.OutputGradient);
            }
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }
}
