using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Multiply;
using Record = Toolkit.Onnx.Operators.Mul;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>z = x · y by element, broadcast; dx = dz · y and dy = dz · x, summed over the axes along which the operand was repeated.</summary>
public sealed class MulFunction : BroadcastFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static MulFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<Shape> inputs) => InferShape(inputs).Length;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Combine<Kernel, T>(context);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        for (int input = 0; input < 2; input++)
        {
            if (context.NeedsGradient(input))
            {
                Reduce<T>(context, input, WithOther<Kernel, T>(context, context.OutputGradient, 1 - input, context.Scratch));
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
