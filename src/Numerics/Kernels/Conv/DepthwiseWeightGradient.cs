using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The gradient of a depthwise convolution's weights, channel by channel.</summary>
/// <remarks>The positions of a plane are added in the order of <see cref="OrderedSum"/>, the planes of the samples in their order in binary64.</remarks>
internal readonly unsafe struct DepthwiseWeightGradient(ConvolutionGeometry geometry, void* x, void* dy, void* dw, bool accumulate) : ILaneBody
{
    private readonly ConvolutionGeometry _geometry = geometry;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var planes = new DepthwisePlanes(in _geometry);
        int taps = _geometry.KernelArea;
        int multiplier = _geometry.GroupOutputChannels;
        int* offsets = stackalloc int[2 * taps];
        planes.Offsets(offsets);
        int input = planes.Phases * planes.PhaseArea;
        int totalsLength = multiplier * taps * sizeof(double) / sizeof(TElement);
        TElement* phases = ThreadScratch.Rent<TElement>(input + planes.PhaseArea + totalsLength + (3 * DepthwisePlanes.Slack));
        double* totals = (double*)phases;
        phases += totalsLength;
        TElement* spread = phases + input + DepthwisePlanes.Slack;
        for (int channel = start; channel < end; channel++)
        {
            new Span<double>(totals, multiplier * taps).Clear();
            for (int n = 0; n < _geometry.Batch; n++)
            {
                nint plane = ((nint)n * _geometry.Groups) + channel;
                planes.SplitInput<TLanes, TElement>((TElement*)x + (plane * _geometry.InputArea), phases);
                for (int m = 0; m < multiplier; m++)
                {
                    planes.SpreadOutput<TLanes, TElement>((TElement*)dy + (((plane * multiplier) + m) * _geometry.OutputArea), spread);
                    for (int tap = 0; tap < taps; tap++)
                    {
                        TElement* met = phases + ((nint)offsets[tap] * planes.PhaseArea) + offsets[taps + tap];
                        totals[(m * taps) + tap] += double.CreateTruncating(
                            OrderedSum.Compute<ProductTerms<TElement>, TLanes, TElement>(new(spread, met), planes.OutputLength));
                    }
                }
            }

            for (int k = 0; k < multiplier * taps; k++)
            {
                TElement* target = (TElement*)dw + ((nint)channel * multiplier * taps) + k;
                var total = TElement.CreateTruncating(totals[k]);
                *target = accumulate ? *target + total : total;
            }
        }
    }
}
