using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Pooling.MaxForward"/>, over planes.</summary>
internal readonly unsafe struct MaxPoolBody(void* x, void* y, int* indices, PoolingGeometry geometry) : ILaneBody
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
        int fastRows = fastColumns == 0 || indices is not null ? 0 : TwoByTwo.Windows(vertical);
        for (int plane = start; plane < end; plane++)
        {
            TElement* px = (TElement*)x + ((nint)plane * geometry.PlaneLength);
            nint output = (nint)plane * rows * columns;
            for (int row = 0; row < rows; row++)
            {
                int column = 0;
                if (row < fastRows)
                {
                    TElement* upper = px + ((nint)2 * row * horizontal.Size);
                    TwoByTwo.Max<TLanes, TElement>(upper, upper + horizontal.Size, (TElement*)y + output, fastColumns);
                    column = fastColumns;
                    output += fastColumns;
                }

                for (; column < columns; column++, output++)
                {
                    int index = ArgMax(px, vertical, horizontal, row, column);
                    ((TElement*)y)[output] = index < 0 ? TElement.NegativeInfinity : px[index];
                    if (indices is not null)
                    {
                        indices[output] = index;
                    }
                }
            }
        }
    }

    /// <summary>Where a window's greatest element lies in its plane; -1 where every element is padding, which a dilated window can be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ArgMax<TElement>(TElement* plane, in PoolingAxis vertical, in PoolingAxis horizontal, int row, int column)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        (int top, int bottom) = vertical.Taps(row);
        (int left, int right) = horizontal.Taps(column);
        int best = -1;
        for (int kh = top; kh < bottom; kh++)
        {
            int offset = (((row * vertical.Stride) - vertical.PadBegin + (kh * vertical.Dilation)) * horizontal.Size) + (column * horizontal.Stride) - horizontal.PadBegin;
            for (int kw = left; kw < right; kw++)
            {
                int index = offset + (kw * horizontal.Dilation);
                if (best < 0 || plane[index] > plane[best])
                {
                    best = index;
                }
            }
        }

        return best;
    }
}
