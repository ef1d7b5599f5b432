using System.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// The mean over rows of -Σ_c ŷ_c · t̂_c, with ŷ = y / max(‖y‖, 1e-7) and t̂ alike: -1 for the same direction, 0 for a right angle;
/// dy = -(t̂ - ŷ · Σ ŷ · t̂) / ‖y‖ / rows.
/// </summary>
public sealed class CosineSimilarityFunction : LossFunction
{
    /// <summary>The least length that a row is divided by.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>The function; it has no settings.</summary>
    public static CosineSimilarityFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        int columns = context.InputShape(0)[^1];
        int rows = Rows(context.InputShape(0));
        T total = T.Zero;
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<T> y = context.Input(0).Slice(r * columns, columns);
            ReadOnlySpan<T> t = context.Input(1).Slice(r * columns, columns);
            total -= Reduction.Dot(y, t) / (Length(y) * Length(t)) * RowWeight(context, r);
        }

        context.Output[0] = total / T.CreateChecked(rows);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        int columns = context.InputShape(0)[^1];
        int rows = Rows(context.InputShape(0));
        T scale = RowScale(context);
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<T> y = context.Input(0).Slice(r * columns, columns);
            ReadOnlySpan<T> t = context.Input(1).Slice(r * columns, columns);
            Span<T> gradient = context.InputGradient(0).Slice(r * columns, columns);
            T yLength = Length(y);
            T tLength = Length(t);

            // A length that was raised to the least is a constant.
            T similarity = yLength > T.CreateChecked(Epsilon) ? Reduction.Dot(y, t) / (yLength * tLength) : T.Zero;
            T rowScale = scale * RowWeight(context, r) / yLength;
            for (int c = 0; c < columns; c++)
            {
                T value = ((y[c] / yLength * similarity) - (t[c] / tLength)) * rowScale;
                gradient[c] = context.Accumulates(0) ? gradient[c] + value : value;
            }
        }
    }

    private static T Length<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Max(T.Sqrt(Reduction.Dot(row, row)), T.CreateChecked(Epsilon));
}
