using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Kernel = Toolkit.Numerics.Kernels.Subtract;
using Record = Toolkit.Onnx.Operators.Sub;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>z = x - y, broadcast; dx = dz and dy = -dz, summed over the axes along which the operand was repeated.</summary>
public sealed class SubFunction : BroadcastFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static SubFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<Shape> inputs) => InferShape(inputs).Length;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Combine<Kernel, T>(context);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        if (context.NeedsGradient(0))
        {
            Reduce(context, 0, context.OutputGradient);
        }

        if (context.NeedsGradient(1))
        {
            ElementWise.Unary(default(Negate), context.OutputGradient, context.Scratch, context.Workers);
            Reduce<T>(context, 1, context.Scratch);
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }

    private readonly struct Negate : IUnaryOperation
    {
        public TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => -x;
    }
}
