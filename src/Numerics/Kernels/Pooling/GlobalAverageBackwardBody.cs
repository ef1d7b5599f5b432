using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Pooling.GlobalAverageBackward"/>, over planes.</summary>
internal readonly unsafe struct GlobalAverageBackwardBody(void* dy, void* dx, int planeLength, bool accumulate) : ILaneBody
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TElement scale = TElement.One / TElement.CreateTruncating(planeLength);
        for (int plane = start; plane < end; plane++)
        {
            TElement share = ((TElement*)dy)[plane] * scale;
            var row = new Span<TElement>((TElement*)dx + ((nint)plane * planeLength), planeLength);
            if (!accumulate)
            {
                row.Fill(share);
                continue;
            }

            TLanes shares = TLanes.Repeat(share);
            int i = 0;
            for (; i <= planeLength - TLanes.Count; i += TLanes.Count)
            {
                TLanes.Store(TLanes.Load(in row[i]) + shares, ref row[i]);
            }

            for (; i < planeLength; i++)
            {
                row[i] += share;
            }
        }
    }
}
