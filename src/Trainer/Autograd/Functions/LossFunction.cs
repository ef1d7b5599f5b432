using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// A loss: predictions (or logits) and targets to one number, the mean over the batch. A third input, [N, 1], weights the samples:
/// Σ_i w_i · l_i / N, as Keras divides by the number of samples and not by the sum of the weights. Targets and weights have no gradient, and
/// nothing is exported.
/// </summary>
public abstract class LossFunction : Function
{
    private const int Weights = 2;

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
        RequireInputs(inputs);
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
        RequireInputs(inputs);
        if (inputs[0].Rank != 2 || inputs[1] != [inputs[0][0], 1])
        {
            throw new ArgumentException($"{Name}: expected predictions [n,classes] and class indices [n,1], got {inputs[0]} and {inputs[1]}.", nameof(inputs));
        }
    }

    /// <summary>The number of rows of a matrix whose columns are the last axis.</summary>
    private protected static int Rows(Shape shape) => shape.Length / Math.Max(shape[^1], 1);

    /// <summary>The mean of the rows' losses, weighted by the gradient that flows back: what each row's gradient is multiplied by, beside its weight.</summary>
    private protected static T RowScale<T>(in FunctionContext<T> context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => context.OutputGradient[0] / T.CreateChecked(Rows(context.InputShape(0)));

    /// <summary>Whether there are weights of samples.</summary>
    private protected static bool IsWeighted<T>(in FunctionContext<T> context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => context.InputCount > Weights;

    /// <summary>The weight of the sample that a row belongs to; 1 without weights, which changes no bit.</summary>
    private protected static T RowWeight<T>(in FunctionContext<T> context, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => IsWeighted(context)
        ? context.Input(Weights)[(int)((long)row * context.InputShape(0)[0] / Rows(context.InputShape(0)))]
        : T.One;

    private void RequireInputs(ReadOnlySpan<Shape> inputs)
    {
        if (inputs.Length is not (2 or 3))
        {
            throw new ArgumentException($"{Name}: expected predictions, targets and perhaps weights, got {inputs.Length} inputs.", nameof(inputs));
        }

        if (inputs.Length > Weights && (inputs[0].Rank == 0 || inputs[Weights] != [inputs[0][0], 1]))
        {
            throw new ArgumentException($"{Name}: expected weights [n,1], one for each sample of predictions {inputs[0]}, got {inputs[Weights]}.", nameof(inputs));
        }
    }
}
