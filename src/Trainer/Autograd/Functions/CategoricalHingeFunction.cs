namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// The mean over rows of max(m - s + 1, 0), s = Σ_c t_c · y_c the score of the true class and m = max_c (1 - t_c) · y_c the greatest of the
/// others; dy_c = -t_c / rows, and (1 - t_c) / rows more at the greatest (the first of equals), where the loss is above 0. Targets are one-hot.
/// </summary>
public sealed class CategoricalHingeFunction : LossFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static CategoricalHingeFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        int columns = context.InputShape(0)[^1];
        int rows = Rows(context.InputShape(0));
        T total = T.Zero;
        for (int r = 0; r < rows; r++)
        {
            T margin = Margin(context.Input(0).Slice(r * columns, columns), context.Input(1).Slice(r * columns, columns), out _);

            // Not T.Max: a NaN must reach the loss, where training stops on it.
            total += (margin < T.Zero ? T.Zero : margin) * RowWeight(context, r);
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
            ReadOnlySpan<T> t = context.Input(1).Slice(r * columns, columns);
            Span<T> gradient = context.InputGradient(0).Slice(r * columns, columns);
            bool isInside = Margin(context.Input(0).Slice(r * columns, columns), t, out int greatest) > T.Zero;
            T rowScale = scale * RowWeight(context, r);
            for (int c = 0; c < columns; c++)
            {
                T slope = c == greatest ? T.One - t[c] - t[c] : -t[c];
                T value = isInside ? slope * rowScale : T.Zero;
                gradient[c] = context.Accumulates(0) ? gradient[c] + value : value;
            }
        }
    }

    private static T Margin<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> t, out int greatest)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        T score = T.Zero;
        T other = T.NegativeInfinity;
        greatest = 0;
        for (int c = 0; c < y.Length; c++)
        {
            score += t[c] * y[c];
            T candidate = (T.One - t[c]) * y[c];
            if (candidate > other)
            {
                other = candidate;
                greatest = c;
            }
        }

        return other - score + T.One;
    }
}
