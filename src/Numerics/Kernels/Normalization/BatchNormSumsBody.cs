using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The first pass of <see cref="Normalization.BatchBackward"/> over [N, C, S], by chunks: Σ g and Σ (x - mean) · g of each, g being the gradient
/// before the activation. The activation's input is computed again from x, as forward had it.
/// </summary>
/// <param name="shape">The sizes.</param>
/// <param name="activation">What was applied to the normalized values.</param>
/// <param name="x">The input.</param>
/// <param name="dy">The gradient by the output.</param>
/// <param name="mean">The channels' means.</param>
/// <param name="factor">The channels' factors of x - mean; read where there is an activation.</param>
/// <param name="bias">The channels' summands; read where there is an activation.</param>
/// <param name="sums">The chunks' Σ g.</param>
/// <param name="products">The chunks' Σ (x - mean) · g.</param>
internal readonly unsafe struct BatchNormSumsBody<TActivation>(BatchNormShape shape, TActivation activation, void* x, void* dy, void* mean, void* factor, void* bias, double* sums, double* products) : ILaneBody
    where TActivation : struct, IDifferentiableOperation
{
    private const int ChannelBlock = 64;

    // Of each of the two sums; the sums do not wait for each other.
    private const int Accumulators = 16;

    /// <summary>Does the chunks [start, end).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int block = shape.ChunkSamples == 1 ? 1 : ChannelBlock;
        TElement* memory = stackalloc TElement[((2 * ChannelBlock) + 1) * Accumulators];
        TElement* accumulators = (TElement*)(((nuint)memory + 63) & ~(nuint)63);
        new Span<TElement>(accumulators, 2 * block * Accumulators).Clear();
        for (int item = start; item < end;)
        {
            int channel = item % shape.Channels;
            int count = Math.Min(Math.Min(block, shape.Channels - channel), end - item);
            Chunk<TLanes, TElement>(item / shape.Channels, channel, count, accumulators, item);
            item += count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Chunk<TLanes, TElement>(int chunk, int channel, int count, TElement* accumulators, int item)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        new Span<double>(sums + item, count).Clear();
        new Span<double>(products + item, count).Clear();
        int last = Math.Min((chunk + 1) * shape.ChunkSamples, shape.Batch);
        for (int place = 0; place < shape.Spatial; place += BatchNormShape.Segment)
        {
            int length = Math.Min(BatchNormShape.Segment, shape.Spatial - place);
            for (int n = chunk * shape.ChunkSamples; n < last; n++)
            {
                nint offset = shape.Offset(n, channel) + place;
                for (int c = 0; c < count; c++, offset += shape.Spatial)
                {
                    Add<TLanes, TElement>((TElement*)x + offset, (TElement*)dy + offset, channel + c, length, accumulators + (2 * c * Accumulators));
                }
            }

            for (int c = 0; c < count; c++)
            {
                TElement* pair = accumulators + (2 * c * Accumulators);
                sums[item + c] += double.CreateTruncating(ChunkSums.Take<TLanes, TElement>(pair, Accumulators));
                products[item + c] += double.CreateTruncating(ChunkSums.Take<TLanes, TElement>(pair + Accumulators, Accumulators));
            }
        }
    }

    // Both sums in one walk, as ChunkSums adds.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add<TLanes, TElement>(TElement* px, TElement* pdy, int channel, int length, TElement* accumulators)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TActivation f = activation;
        TLanes center = TLanes.Repeat(((TElement*)mean)[channel]);
        TLanes scale = factor is null ? center : TLanes.Repeat(((TElement*)factor)[channel]);
        TLanes shift = bias is null ? center : TLanes.Repeat(((TElement*)bias)[channel]);
        for (int first = 0; first < Accumulators; first += TLanes.Count)
        {
            TLanes sum = TLanes.Load(in accumulators[first]);
            TLanes product = TLanes.Load(in accumulators[Accumulators + first]);
            int i = first;
            for (; i <= length - TLanes.Count; i += Accumulators)
            {
                TLanes difference = TLanes.Load(in px[i]) - center;
                TLanes value = TLanes.MultiplyAdd(difference, scale, shift);
                TLanes gradient = f.Backward(value, f.Invoke(value), TLanes.Load(in pdy[i]));
                sum += gradient;
                product = TLanes.MultiplyAdd(difference, gradient, product);
            }

            int rest = length - i;
            if (rest > 0)
            {
                TLanes difference = TLanes.LoadPartial(px + i, rest, center) - center;
                TLanes value = TLanes.MultiplyAdd(difference, scale, shift);
                TLanes gradient = f.Backward(value, f.Invoke(value), TLanes.LoadPartial(pdy + i, rest, TLanes.Zero));
                sum += gradient;
                product = TLanes.MultiplyAdd(difference, gradient, product);
            }

            TLanes.Store(sum, ref accumulators[first]);
            TLanes.Store(product, ref accumulators[Accumulators + first]);
        }
    }
}
