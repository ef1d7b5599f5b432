using System.Numerics;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>A loss that is a sum over elements: each element has a loss of its own. The order of the sum depends on the sizes alone.</summary>
public abstract class ElementLossFunction : LossFunction
{
    private protected ElementLossFunction()
    {
    }

    /// <summary>Σ l(y, t) / count, each times the weight of its sample.</summary>
    private protected static void Forward<TLoss, T>(TLoss loss, in FunctionContext<T> context, int count)
        where TLoss : struct, IElementLoss
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> y = context.Input(0);
        ReadOnlySpan<T> t = context.Input(1);
        T total = IsWeighted(context) ? WeightedSum(loss, y, t, context.Input(2)) : Sum(loss, y, t);
        context.Output[0] = total / T.CreateChecked(count);
    }

    /// <summary>dy = ∂l/∂y / count, each times the weight of its sample.</summary>
    private protected static void Backward<TLoss, T>(TLoss loss, in FunctionContext<T> context, int count)
        where TLoss : struct, IElementLoss
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Backward(loss, context, context.Input(0), count);

    /// <summary>As the other form, with what stands in for the predictions.</summary>
    private protected static void Backward<TLoss, T>(TLoss loss, in FunctionContext<T> context, ReadOnlySpan<T> y, int count)
        where TLoss : struct, IElementLoss
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> t = context.Input(1);
        Span<T> gradient = context.InputGradient(0);
        bool accumulates = context.Accumulates(0);
        T scale = context.OutputGradient[0] / T.CreateChecked(count);
        int width = SampleWidth(context);
        for (int start = 0; start < y.Length; start += width)
        {
            T sampleScale = scale * Weight(context, start / width);
            for (int i = start; i < start + width; i++)
            {
                T value = loss.Slope(y[i], t[i]) * sampleScale;
                gradient[i] = accumulates ? gradient[i] + value : value;
            }
        }
    }

    // Four sums at once, of every fourth element: the additions of one wait for each other.
    private static T Sum<TLoss, T>(TLoss loss, ReadOnlySpan<T> y, ReadOnlySpan<T> t)
        where TLoss : struct, IElementLoss
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T s0 = T.Zero;
        T s1 = T.Zero;
        T s2 = T.Zero;
        T s3 = T.Zero;
        int i = 0;
        for (; i <= y.Length - 4 && i <= t.Length - 4; i += 4)
        {
            s0 += loss.Value(y[i], t[i]);
            s1 += loss.Value(y[i + 1], t[i + 1]);
            s2 += loss.Value(y[i + 2], t[i + 2]);
            s3 += loss.Value(y[i + 3], t[i + 3]);
        }

        for (; i < y.Length; i++)
        {
            s0 += loss.Value(y[i], t[i]);
        }

        return s0 + s1 + (s2 + s3);
    }

    // The same additions in the same order: weights of 1 change no bit.
    private static T WeightedSum<TLoss, T>(TLoss loss, ReadOnlySpan<T> y, ReadOnlySpan<T> t, ReadOnlySpan<T> weights)
        where TLoss : struct, IElementLoss
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> sums = stackalloc T[4];
        sums.Clear();
        int width = y.Length / Math.Max(weights.Length, 1);
        int whole = y.Length - (y.Length % 4);
        for (int i = 0; i < y.Length; i++)
        {
            sums[i < whole ? i % 4 : 0] += loss.Value(y[i], t[i]) * weights[i / width];
        }

        return sums[0] + sums[1] + (sums[2] + sums[3]);
    }

    // Without weights all elements are one stretch.

    private static int SampleWidth<T>(in FunctionContext<T> context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Math.Max(IsWeighted(context) ? context.InputShape(0).LengthOf(1..) : context.InputShape(0).Length, 1);

    private static T Weight<T>(in FunctionContext<T> context, int sample)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => IsWeighted(context) ? context.Input(2)[sample] : T.One;
}
