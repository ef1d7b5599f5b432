using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Normalization.LayerBackward"/> for dscale and dbias, over columns; rows are added in their order, in blocks.</summary>
internal readonly unsafe struct LayerNormParametersBody(void* x, void* dy, void* mean, void* inverseDeviation, void* dscale, void* dbias, int rows, int columns) : ILaneBody
{
    private const int RowBlock = 128;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes zero = TLanes.Zero;
        for (int column = start; column < end; column += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, end - column);
            TLanes sum = zero;
            TLanes products = zero;
            for (int block = 0; block < rows; block += RowBlock)
            {
                TLanes blockSum = zero;
                TLanes blockProducts = zero;
                for (int r = block; r < Math.Min(block + RowBlock, rows); r++)
                {
                    nint offset = ((nint)r * columns) + column;
                    TLanes gradient = TLanes.LoadPartial((TElement*)dy + offset, count, zero);
                    TLanes difference = TLanes.LoadPartial((TElement*)x + offset, count, zero) - TLanes.Repeat(((TElement*)mean)[r]);
                    blockSum += gradient;
                    blockProducts = TLanes.MultiplyAdd(difference * TLanes.Repeat(((TElement*)inverseDeviation)[r]), gradient, blockProducts);
                }

                sum += blockSum;
                products += blockProducts;
            }

            if (dscale is not null)
            {
                TLanes.StorePartial(products, (TElement*)dscale + column, count);
            }

            if (dbias is not null)
            {
                TLanes.StorePartial(sum, (TElement*)dbias + column, count);
            }
        }
    }
}
