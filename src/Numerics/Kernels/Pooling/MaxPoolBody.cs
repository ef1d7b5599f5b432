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
        TElement* xEnd = (TElement*)x + geometry.InputLength;
        TElement* yEnd = (TElement*)y + ((nint)end * rows * columns);
        TElement* taps = indices is null ? null : ThreadScratch.Rent<TElement>(columns);
        for (int plane = start; plane < end; plane++)
        {
            WorkLimits.Poll();
            TElement* px = (TElement*)x + ((nint)plane * geometry.PlaneLength);
            nint output = (nint)plane * rows * columns;
            TElement* py = (TElement*)y + output;
            TwoByTwo.Forward<MaxOfFour<NoOperation>, TLanes, TElement>(default, px, horizontal.Size, xEnd, py, columns, yEnd, fastRows, fastColumns);
            for (int row = 0; row < rows; row++)
            {
                int from = row < fastRows ? fastColumns : 0;
                if (from < columns)
                {
                    MaxPoolRow.Take<TLanes, TElement>(px, vertical, horizontal, row, from, columns, py + ((nint)row * columns), taps);
                }

                if (indices is not null)
                {
                    ToIndices(taps, row, columns, indices + output + ((nint)row * columns));
                }
            }
        }
    }

    private void ToIndices<TElement>(TElement* taps, int row, int columns, int* places)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        PoolingAxis vertical = geometry.Vertical;
        PoolingAxis horizontal = geometry.Horizontal;
        int top = (row * vertical.Stride) - vertical.PadBegin;
        for (int column = 0; column < columns; column++)
        {
            int tap = int.CreateTruncating(taps[column]);
            (int kh, int kw) = Math.DivRem(tap, horizontal.Kernel);
            int h = top + (kh * vertical.Dilation);
            int w = (column * horizontal.Stride) - horizontal.PadBegin + (kw * horizontal.Dilation);
            places[column] = tap < 0 ? -1 : (h * horizontal.Size) + w;
        }
    }
}
