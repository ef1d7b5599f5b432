using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Kernel = Toolkit.Numerics.Kernels.Divide;
using Record = Toolkit.Onnx.Operators.Div;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>z = x / y, broadcast; dx = dz / y and dy = -dz · z / y, summed over the axes along which the operand was repeated.</summary>
public sealed class DivFunction : BroadcastFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static DivFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => input == 1;

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => true;

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<Shape> inputs) => InferShape(inputs).Length;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Combine<Kernel, T>(context);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        Span<T> scratch = context.Scratch;
        if (context.NeedsGradient(0))
        {
            Reduce<T>(context, 0, WithOther<Kernel, T>(context, context.OutputGradient, 1, scratch));
        }

        if (context.NeedsGradient(1))
        {
            ElementWise.Binary(default(NegatedProduct), context.OutputGradient, context.Output, scratch, context.Workers);
            Reduce<T>(context, 1, WithOther<Kernel, T>(context, scratch, 1, scratch));
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }

    private readonly struct NegatedProduct : IBinaryOperation
    {
        public TLanes Invoke<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes> => -(x * y);
    }
}
