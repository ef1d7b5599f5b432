using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The first pass of <see cref="Normalization.BatchTraining"/> over [N, C, S], by chunks: the sum of each, and the sum of the squares of its
/// distances from its own mean, taken while it is in the cache.
/// </summary>
/// <param name="shape">The sizes.</param>
/// <param name="x">The input.</param>
/// <param name="sums">The chunks' sums.</param>
/// <param name="squares">The chunks' sums of squares.</param>
internal readonly unsafe struct BatchNormStatisticsBody(BatchNormShape shape, void* x, double* sums, double* squares) : ILaneBody
{
    // Channels that are taken together: where a chunk has several samples, so that memory is read in long rows, otherwise so that sums do not wait for each other.
    private const int ChannelBlock = 32;
    private const int SmallBlock = 4;

    /// <summary>Does the chunks [start, end).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int block = shape.ChunkSamples == 1 ? SmallBlock : ChannelBlock;
        TElement* memory = stackalloc TElement[(ChannelBlock + 1) * (ChunkSums.Count + 1)];
        TElement* accumulators = (TElement*)(((nuint)memory + 63) & ~(nuint)63);
        TElement* centers = accumulators + (block * ChunkSums.Count);
        new Span<TElement>(accumulators, block * ChunkSums.Count).Clear();
        for (int item = start; item < end;)
        {
            int chunk = item / shape.Channels;
            int channel = item % shape.Channels;
            int count = Math.Min(Math.Min(block, shape.Channels - channel), end - item);
            Sums<TLanes, TElement>(chunk, channel, count, accumulators, sums + item);
            for (int c = 0; c < count; c++)
            {
                centers[c] = Center<TElement>(sums[item + c], shape.ChunkLength(chunk));
            }

            Squares<TLanes, TElement>(chunk, channel, count, centers, accumulators, squares + item);
            item += count;
        }
    }

    /// <summary>The number that a chunk's squares are taken around.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TElement Center<TElement>(double sum, int length)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => TElement.CreateTruncating(sum / length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sums<TLanes, TElement>(int chunk, int channel, int count, TElement* accumulators, double* totals)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        new Span<double>(totals, count).Clear();
        (int first, int last) = Samples(chunk);
        for (int place = 0; place < shape.Spatial; place += BatchNormShape.Segment)
        {
            int length = Math.Min(BatchNormShape.Segment, shape.Spatial - place);
            for (int n = first; n < last; n++)
            {
                TElement* plane = (TElement*)x + shape.Offset(n, channel) + place;
                for (int c = 0; c < count; c++, plane += shape.Spatial)
                {
                    ChunkSums.Add<ElementTerms<TElement>, TLanes, TElement>(accumulators + (c * ChunkSums.Count), new(plane), length);
                }
            }

            for (int c = 0; c < count; c++)
            {
                totals[c] += double.CreateTruncating(ChunkSums.Take<TLanes, TElement>(accumulators + (c * ChunkSums.Count)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Squares<TLanes, TElement>(int chunk, int channel, int count, TElement* centers, TElement* accumulators, double* totals)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        new Span<double>(totals, count).Clear();
        (int first, int last) = Samples(chunk);
        for (int place = 0; place < shape.Spatial; place += BatchNormShape.Segment)
        {
            int length = Math.Min(BatchNormShape.Segment, shape.Spatial - place);
            for (int n = first; n < last; n++)
            {
                TElement* plane = (TElement*)x + shape.Offset(n, channel) + place;
                for (int c = 0; c < count; c++, plane += shape.Spatial)
                {
                    ChunkSums.Add<CenteredSquareTerms<TElement>, TLanes, TElement>(accumulators + (c * ChunkSums.Count), new(plane, centers[c]), length);
                }
            }

            for (int c = 0; c < count; c++)
            {
                totals[c] += double.CreateTruncating(ChunkSums.Take<TLanes, TElement>(accumulators + (c * ChunkSums.Count)));
            }
        }
    }

    private (int First, int Last) Samples(int chunk) => (chunk * shape.ChunkSamples, Math.Min((chunk + 1) * shape.ChunkSamples, shape.Batch));
}
