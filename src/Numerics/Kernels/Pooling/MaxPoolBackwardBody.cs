using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Pooling.MaxBackward"/>, over planes; a plane's windows are taken in row-major order.</summary>
internal readonly unsafe struct MaxPoolBackwardBody(void* x, void* dy, void* dx, PoolingGeometry geometry, bool accumulate) : ILaneBody
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        PoolingAxis vertical = geometry.Vertical;
        PoolingAxis horizontal = geometry.Horizontal;
        int rows = vertical.OutputSize;
        int columns = horizontal.OutputSize;
        int fastColumns = TwoByTwo.Windows(horizontal);
        int fastRows = fastColumns == 0 ? 0 : TwoByTwo.Windows(vertical);

        // Then every element is written, and need not be cleared.
        bool isCovered = fastRows * 2 == vertical.Size && fastColumns * 2 == horizontal.Size;
        for (int plane = start; plane < end; plane++)
        {
            TElement* px = (TElement*)x + ((nint)plane * geometry.PlaneLength);
            TElement* pdx = (TElement*)dx + ((nint)plane * geometry.PlaneLength);
            TElement* pdy = (TElement*)dy + ((nint)plane * rows * columns);
            if (!accumulate && !isCovered)
            {
                new Span<TElement>(pdx, geometry.PlaneLength).Clear();
            }

            for (int row = 0; row < rows; row++)
            {
                int column = 0;
                if (row < fastRows)
                {
                    nint offset = (nint)2 * row * horizontal.Size;
                    TwoByTwo.MaxBackward<TLanes, TElement>(px + offset, px + offset + horizontal.Size, pdy, pdx + offset, pdx + offset + horizontal.Size, fastColumns, accumulate);
                    column = fastColumns;
                    pdy += fastColumns;
                }

                for (; column < columns; column++)
                {
                    int index = MaxPoolBody.ArgMax(px, vertical, horizontal, row, column);
                    if (index >= 0)
                    {
                        pdx[index] += *pdy;
                    }

                    pdy++;
                }
            }
        }
    }
}
