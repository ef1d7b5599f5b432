using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// Cross-entropy from probabilities p [rows, classes] as Keras computes it: q = clip(p / Σ_c p, 1e-7, 1 - 1e-7), loss = mean over rows of
/// -Σ_c t_c · ln q_c. With s = Σ_c p and g_c = -t_c / q_c where q is not clipped, else 0: dp_c = (g_c - Σ_j g_j · p_j / s) / (s · rows).
/// </summary>
/// <param name="isSparse">Whether targets are class indices [rows, 1] in place of [rows, classes].</param>
public sealed class CategoricalCrossEntropyFunction(bool isSparse = false) : LossFunction
{
    /// <summary>Probabilities are kept this far from 0 and 1.</summary>
    public const double Epsilon = 1e-7;

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
    public override void Forward<T>(in FunctionContext<T> context)
    {
        int columns = context.InputShape(0)[^1];
        int rows = Rows(context.InputShape(0));
        T low = T.CreateChecked(Epsilon);
        T high = T.One - low;
        T total = T.Zero;
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<T> p = context.Input(0).Slice(r * columns, columns);
            T sum = Sum(p);
            T weight = RowWeight(context, r);
            for (int c = 0; c < columns; c++)
            {
                T target = Target(context.Input(1), r, c, columns);
                total -= target * T.Log(T.Clamp(p[c] / sum, low, high)) * weight;
            }
        }

        context.Output[0] = total / T.CreateChecked(rows);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        int columns = context.InputShape(0)[^1];
        int rows = Rows(context.InputShape(0));
        T low = T.CreateChecked(Epsilon);
        T high = T.One - low;
        T scale = RowScale(context);
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<T> p = context.Input(0).Slice(r * columns, columns);
            Span<T> gradient = context.InputGradient(0).Slice(r * columns, columns);
            T sum = Sum(p);
            T mean = T.Zero;
            T rowScale = scale * RowWeight(context, r);
            for (int c = 0; c < columns; c++)
            {
                mean += Slope(p[c] / sum, Target(context.Input(1), r, c, columns), low, high) * p[c] / sum;
            }

            for (int c = 0; c < columns; c++)
            {
                T value = (Slope(p[c] / sum, Target(context.Input(1), r, c, columns), low, high) - mean) / sum * rowScale;
                gradient[c] = context.Accumulates(0) ? gradient[c] + value : value;
            }
        }
    }

    private static T Slope<T>(T q, T target, T low, T high)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => q < low || q > high ? T.Zero : -target / q;

    private static T Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => Toolkit.Numerics.Kernels.Reduction.Sum(values);

    private T Target<T>(ReadOnlySpan<T> targets, int row, int column, int columns)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => IsSparse
        ? (int.CreateTruncating(targets[row]) == column ? T.One : T.Zero)
        : targets[(row * columns) + column];
}
