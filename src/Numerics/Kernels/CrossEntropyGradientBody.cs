using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Softmax.CrossEntropyGradient"/> and of its sparse form, over rows.</summary>
internal readonly unsafe struct CrossEntropyGradientBody<T>(void* probabilities, void* targets, void* labels, void* gradient, int columns, T scale, bool accumulate) : ILaneBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TElement rowScale = TElement.CreateTruncating(scale);
        TLanes factor = TLanes.Repeat(rowScale);
        for (int r = start; r < end; r++)
        {
            TElement* p = (TElement*)probabilities + ((nint)r * columns);
            TElement* t = targets is null ? null : (TElement*)targets + ((nint)r * columns);
            TElement* g = (TElement*)gradient + ((nint)r * columns);
            int label = labels is null ? -1 : int.CreateTruncating(((TElement*)labels)[r]);
            TElement kept = label >= 0 && accumulate ? g[label] : default;
            TLanes sum = t is null ? TLanes.Broadcast(1) : TLanes.Repeat(OrderedSum.Compute<ElementTerms<TElement>, TLanes, TElement>(new(t), columns));
            for (int c = 0; c < columns; c += TLanes.Count)
            {
                int count = columns - c;
                TLanes target = t is null ? TLanes.Zero : Load<TLanes, TElement>(t + c, count);
                TLanes value = ((Load<TLanes, TElement>(p + c, count) * sum) - target) * factor;
                value = accumulate ? Load<TLanes, TElement>(g + c, count) + value : value;
                if (count >= TLanes.Count)
                {
                    TLanes.Store(value, ref g[c]);
                }
                else
                {
                    TLanes.StorePartial(value, g + c, count);
                }
            }

            if (label >= 0)
            {
                TElement value = (p[label] - TElement.One) * rowScale;
                g[label] = accumulate ? kept + value : value;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Load<TLanes, TElement>(TElement* source, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged =>
        count >= TLanes.Count ? TLanes.Load(in *source) : TLanes.LoadPartial(source, count, TLanes.Zero);
}
