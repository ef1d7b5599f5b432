using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>A loss: predictions (or logits) and targets to one number, the mean over the batch. Targets have no gradient, and nothing is exported.</summary>
public abstract class LossFunction : Function
{
    private protected LossFunction()
    {
    }

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool IsDifferentiable(int input) => input == 0;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 2);
        Require.AtLeastRank(this, inputs[0], 2);
        Require.SameShape(this, "targets", inputs);
        return [];
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) =>
        throw new NotSupportedException($"{Name} exists in training only; it is not part of an exported model.");

    /// <summary>Checks [rows, columns] against class indices [rows, 1].</summary>
    private protected void RequireSparse(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 2);
        if (inputs[0].Rank != 2 || inputs[1] != [inputs[0][0], 1])
        {
            throw new ArgumentException($"{Name}: expected predictions [n,classes] and class indices [n,1], got {inputs[0]} and {inputs[1]}.", nameof(inputs));
        }
    }

    /// <summary>The number of rows of a matrix whose columns are the last axis.</summary>
    private protected static int Rows(Shape shape) => shape.Length / Math.Max(shape[^1], 1);

    /// <summary>The mean of the rows' losses, weighted by the gradient that flows back: what each row's gradient is multiplied by.</summary>
    private protected static T RowScale<T>(in FunctionContext<T> context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => context.OutputGradient[0] / T.CreateChecked(Rows(context.InputShape(0)));
}
