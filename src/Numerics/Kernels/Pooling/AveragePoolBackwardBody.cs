using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Pooling.AverageBackward"/>, over planes; a plane's windows are taken in row-major order.</summary>
internal readonly unsafe struct AveragePoolBackwardBody(void* dy, void* dx, PoolingGeometry geometry, bool countIncludePad, bool accumulate) : ILaneBody
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
                    TElement* upper = pdx + ((nint)2 * row * horizontal.Size);
                    TwoByTwo.AverageBackward<TLanes, TElement>(pdy, upper, upper + horizontal.Size, fastColumns, accumulate);
                    column = fastColumns;
                    pdy += fastColumns;
                }

                for (; column < columns; column++)
                {
                    TElement share = *pdy++ * AveragePoolBody.Weight<TElement>(vertical, horizontal, row, column, countIncludePad);
                    Add(pdx, vertical, horizontal, row, column, share);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TElement>(TElement* plane, in PoolingAxis vertical, in PoolingAxis horizontal, int row, int column, TElement share)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        (int top, int bottom) = vertical.Taps(row);
        (int left, int right) = horizontal.Taps(column);
        for (int kh = top; kh < bottom; kh++)
        {
            int offset = (((row * vertical.Stride) - vertical.PadBegin + (kh * vertical.Dilation)) * horizontal.Size) + (column * horizontal.Stride) - horizontal.PadBegin;
            for (int kw = left; kw < right; kw++)
            {
                plane[offset + (kw * horizontal.Dilation)] += share;
            }
        }
    }
}
