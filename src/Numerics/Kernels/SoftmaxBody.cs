using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The loop of <see cref="Softmax"/>, over rows: maximum, exponentials, their ordered sum, division; then the row's
/// cross-entropy where there are targets or labels.
/// </summary>
internal readonly unsafe struct SoftmaxBody(void* x, void* y, void* targets, void* labels, void* losses, int columns) : ILaneBody
{
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int r = start; r < end; r++)
        {
            TElement* px = (TElement*)x + ((nint)r * columns);
            TElement* py = (TElement*)y + ((nint)r * columns);
            TElement max = Max<TLanes, TElement>(px, columns);

            TElement sum = Exponentials<TLanes, TElement>(px, py, max, columns);
            if (targets is not null)
            {
                var terms = new CrossEntropyTerms<TElement>(px, (TElement*)targets + ((nint)r * columns), max, Log<TLanes, TElement>(sum));
                ((TElement*)losses)[r] = OrderedSum.Compute<CrossEntropyTerms<TElement>, TLanes, TElement>(terms, columns);
            }
            else if (labels is not null)
            {
                int label = int.CreateTruncating(((TElement*)labels)[r]);
                ((TElement*)losses)[r] = Log<TLanes, TElement>(sum) - (px[label] - max);
            }

            Divide<TLanes, TElement>(py, sum, columns);
        }
    }

    // NaNs are passed over here: their exponentials make the sum NaN.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TElement Max<TLanes, TElement>(TElement* x, int length)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes max = TLanes.Broadcast(double.NegativeInfinity);
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            max = TLanes.Max(TLanes.Load(in x[i]), max);
        }

        return TLanes.MaxAcross(i < length ? TLanes.Max(TLanes.LoadPartial(x + i, length - i, max), max) : max);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TElement Exponentials<TLanes, TElement>(TElement* x, TElement* y, TElement max, int length)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes subtrahend = TLanes.Repeat(max);
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Exp(TLanes.Load(in x[i]) - subtrahend), ref y[i]);
        }

        if (i < length)
        {
            TLanes.StorePartial(TLanes.Exp(TLanes.LoadPartial(x + i, length - i, subtrahend) - subtrahend), y + i, length - i);
        }

        return OrderedSum.Compute<ElementTerms<TElement>, TLanes, TElement>(new(y), length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Divide<TLanes, TElement>(TElement* y, TElement sum, int length)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes divisor = TLanes.Repeat(sum);
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(in y[i]) / divisor, ref y[i]);
        }

        if (i < length)
        {
            TLanes.StorePartial(TLanes.LoadPartial(y + i, length - i, divisor) / divisor, y + i, length - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TElement Log<TLanes, TElement>(TElement value)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        TLanes.MaxAcross(TLanes.Log(TLanes.Repeat(value)));
}
