using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.PRelu;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// y = x where x &gt; 0, else slope · x, the learned slope broadcast to x (He et al., 2015); dx = dy where x &gt; 0, else slope · dy;
/// dslope = dy · x where x ≤ 0, summed over the axes along which it was repeated.
/// </summary>
public sealed class PReluFunction : BroadcastFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static PReluFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape shape = base.InferShape(inputs);
        return shape == inputs[0]
            ? shape
            : throw new ArgumentException($"PRelu: expected a slope that broadcasts to x {inputs[0]}, got {inputs[1]}.", nameof(inputs));
    }

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<Shape> inputs) => inputs[0].Length;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Combine<ParametricRelu, T>(context);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        Span<T> scratch = context.Scratch;
        if (context.NeedsGradient(1))
        {
            ElementWise.Binary(default(WhereNegative), context.Input(0), context.OutputGradient, scratch, context.Workers);
            Reduce<T>(context, 1, scratch);
        }

        if (context.NeedsGradient(0))
        {
            WithOther<SlopeBelowZero, T>(context, context.Input(0), 1, scratch);
            ElementWise.Binary(default(Multiply), context.OutputGradient, scratch, context.InputGradient(0), context.Workers, context.Accumulates(0));
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }

    // The slope's gradient by output element.
    private readonly struct WhereNegative : IBinaryOperation
    {
        public TLanes Invoke<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(x, TLanes.Zero, TLanes.Zero, x * y);
    }

    // dy / dx.
    private readonly struct SlopeBelowZero : IBinaryOperation
    {
        public TLanes Invoke<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(x, TLanes.Zero, TLanes.Broadcast(1), y);
    }
}
