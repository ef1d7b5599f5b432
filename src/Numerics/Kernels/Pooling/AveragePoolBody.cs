using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Pooling.AverageForward"/>, over planes; a window's elements are added in row-major order.</summary>
internal readonly unsafe struct AveragePoolBody(void* x, void* y, PoolingGeometry geometry, bool countIncludePad) : ILaneBody
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
        for (int plane = start; plane < end; plane++)
        {
            TElement* px = (TElement*)x + ((nint)plane * geometry.PlaneLength);
            TElement* py = (TElement*)y + ((nint)plane * rows * columns);
            for (int row = 0; row < rows; row++)
            {
                int column = 0;
                if (row < fastRows)
                {
                    TElement* upper = px + ((nint)2 * row * horizontal.Size);
                    TwoByTwo.Average<TLanes, TElement>(upper, upper + horizontal.Size, py, fastColumns);
                    column = fastColumns;
                    py += fastColumns;
                }

                for (; column < columns; column++)
                {
                    *py++ = Sum(px, vertical, horizontal, row, column) * Weight<TElement>(vertical, horizontal, row, column, countIncludePad);
                }
            }
        }
    }

    /// <summary>1 / the number of elements that a window's mean is of; 0 where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TElement Weight<TElement>(in PoolingAxis vertical, in PoolingAxis horizontal, int row, int column, bool countIncludePad)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int count;
        if (countIncludePad)
        {
            count = vertical.PaddedTaps(row) * horizontal.PaddedTaps(column);
        }
        else
        {
            (int top, int bottom) = vertical.Taps(row);
            (int left, int right) = horizontal.Taps(column);
            count = (bottom - top) * (right - left);
        }

        return count == 0 ? TElement.Zero : TElement.One / TElement.CreateTruncating(count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement Sum<TElement>(TElement* plane, in PoolingAxis vertical, in PoolingAxis horizontal, int row, int column)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        (int top, int bottom) = vertical.Taps(row);
        (int left, int right) = horizontal.Taps(column);
        TElement sum = TElement.Zero;
        for (int kh = top; kh < bottom; kh++)
        {
            int offset = (((row * vertical.Stride) - vertical.PadBegin + (kh * vertical.Dilation)) * horizontal.Size) + (column * horizontal.Stride) - horizontal.PadBegin;
            for (int kw = left; kw < right; kw++)
            {
                sum += plane[offset + (kw * horizontal.Dilation)];
            }
        }

        return sum;
    }
}
