using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// Softmax and cross-entropy in one, from logits z [rows, classes]: loss = mean over rows of Σ_c t_c · (log Σ exp z - z_c), with
/// p = softmax(z): dz = (p · Σ_c t_c - t) / rows. Targets are rows of probabilities, or one class index a row.
/// </summary>
/// <param name="isSparse">Whether targets are class indices [rows, 1] in place of [rows, classes].</param>
public sealed class SoftmaxCrossEntropyFunction(bool isSparse = false) : LossFunction, IPredictingFunction
{
    /// <summary>Whether targets are class indices.</summary>
    public bool IsSparse { get; } = isSparse;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        if (!IsSparse)
        {
            return base.InferShape(inputs);
        }

        RequireSparse(inputs);
        return [];
    }

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => input != 0;

    // Probabilities, then a loss for every row.

    /// <inheritdoc/>
    public override int WorkspaceLength(ReadOnlySpan<Shape> inputs) => inputs[0].Length + Rows(inputs[0]);

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        Shape shape = context.InputShape(0);
        int rows = Rows(shape);
        Span<T> probabilities = context.Workspace[..shape.Length];
        Span<T> losses = context.Workspace[shape.Length..];
        if (IsSparse)
        {
            Softmax.SparseCrossEntropy(context.Input(0), context.Input(1), probabilities, losses, rows, shape[^1], context.Workers);
        }
        else
        {
            Softmax.CrossEntropy(context.Input(0), context.Input(1), probabilities, losses, rows, shape[^1], context.Workers);
        }

        if (IsWeighted(context))
        {
            for (int row = 0; row < rows; row++)
            {
                losses[row] *= RowWeight(context, row);
            }
        }

        context.Output[0] = Reduction.Sum<T>(losses) / T.CreateChecked(rows);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        int columns = context.InputShape(0)[^1];
        int rows = Rows(context.InputShape(0));

        // Weights scale row by row, and rows of one weight go together.
        int together = IsWeighted(context) ? 1 : rows;
        T scale = RowScale(context);
        ReadOnlySpan<T> probabilities = context.Workspace;
        for (int row = 0; row < rows; row += together)
        {
            ReadOnlySpan<T> p = probabilities.Slice(row * columns, together * columns);
            Span<T> gradient = context.InputGradient(0).Slice(row * columns, together * columns);
            T rowScale = scale * RowWeight(context, row);
            if (IsSparse)
            {
                Softmax.SparseCrossEntropyGradient(p, context.Input(1).Slice(row, together), gradient, together, columns, rowScale, context.Workers, context.Accumulates(0));
            }
            else
            {
                Softmax.CrossEntropyGradient(p, context.Input(1).Slice(row * columns, together * columns), gradient, together, columns, rowScale, context.Workers, context.Accumulates(0));
            }
        }
    }
}
