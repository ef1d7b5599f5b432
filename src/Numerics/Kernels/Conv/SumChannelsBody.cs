using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Convolution.SumChannels"/>, over channels: the planes' sums, each in the order of <see cref="OrderedSum"/>, added in binary64 in the order of the samples.</summary>
internal readonly unsafe struct SumChannelsBody(void* x, void* sums, int batch, int channels, int area, bool accumulate) : ILaneBody
{
    /// <summary>Elements of a part below which a sleeping worker would wake too late to help.</summary>
    public const int Grain = 32768;

    private const int Block = 1024;

    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int channel = start; channel < end; channel++)
        {
            double total = 0;
            for (int n = 0; n < batch; n++)
            {
                TElement* plane = (TElement*)x + ((((nint)n * channels) + channel) * area);
                for (int i = 0; i < area; i += Block)
                {
                    total += double.CreateTruncating(OrderedSum.Compute<ElementTerms<TElement>, TLanes, TElement>(new(plane + i), Math.Min(Block, area - i)));
                }
            }

            TElement* destination = (TElement*)sums + channel;
            var sum = TElement.CreateTruncating(total);
            *destination = accumulate ? *destination + sum : sum;
        }
    }
}
