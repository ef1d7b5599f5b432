using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>An element-wise function of two inputs that are broadcast to a common shape by NumPy's rule.</summary>
public abstract class BroadcastFunction : Function
{
    private protected BroadcastFunction()
    {
    }

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 2);
        try
        {
            return Shape.Broadcast(inputs[0], inputs[1]);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"{Name}: {exception.Message}", nameof(inputs), exception);
        }
    }

    private protected static void Combine<TOperation, T>(in FunctionContext<T> context)
        where TOperation : struct, IBinaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (context.InputShape(0) == context.InputShape(1))
        {
            ElementWise.Binary(default(TOperation), context.Input(0), context.Input(1), context.Output, context.Workers);
        }
        else
        {
            ElementWise.BinaryBroadcast(
                default(TOperation),
                context.Input(0),
                context.InputShape(0),
                context.Input(1),
                context.InputShape(1),
                context.Output,
                context.OutputShape,
                context.Workers);
        }
    }

    /// <summary>Writes or adds the gradient of an input, given by output element.</summary>
    private protected static void Reduce<T>(in FunctionContext<T> context, int input, ReadOnlySpan<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        GradientMath.ReduceBroadcast(gradient, context.OutputShape, context.InputGradient(input), context.InputShape(input), context.Accumulates(input), context.Workers);

    /// <summary>scratch = f(gradient, other input broadcast), the gradient by output element.</summary>
    private protected static Span<T> WithOther<TOperation, T>(in FunctionContext<T> context, ReadOnlySpan<T> gradient, int other, Span<T> scratch)
        where TOperation : struct, IBinaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ElementWise.BinaryBroadcast(default(TOperation), gradient, context.OutputShape, context.Input(other), context.InputShape(other), scratch, context.OutputShape, context.Workers);
        return scratch;
    }
}
