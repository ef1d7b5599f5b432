using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = max(0, a + b) of two of one shape, the end of a residual block; da = db = dy where y &gt; 0, else 0. Programs put it in place of the two functions.</summary>
internal sealed class AddReluFunction : Function
{
    /// <summary>The function; it has no settings.</summary>
    public static AddReluFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => AddFunction.Instance.InferShape(inputs);

    /// <inheritdoc/>
    internal override bool CanOverwrite(int input) => true;

    /// <inheritdoc/>
    internal override GradientFlow Flow(int input, ReadOnlySpan<Shape> inputs) => GradientFlow.InPlace;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) =>
        ElementWise.Binary(default(Operation), context.Input(0), context.Input(1), context.Output, context.Workers);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        for (int input = 0; input < 2; input++)
        {
            if (context.NeedsGradient(input))
            {
                ElementWise.UnaryBackward(default(Relu), context.Output, context.Output, context.OutputGradient, context.InputGradient(input), context.Workers, context.Accumulates(input));
            }
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) =>
        FusedActivation.Emit(ActivationKind.Relu, sink, AddFunction.Instance.Emit(sink, inputs, shapes));

    private readonly struct Operation : IBinaryOperation
    {
        public TLanes Invoke<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes> => default(Relu).Invoke(x + y);
    }
}
