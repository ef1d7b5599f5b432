using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>A depthwise convolution, plane by plane, with consecutive output columns in the lanes.</summary>
/// <remarks>An element sums over the kernel by fused multiply-adds from zero, padding included; then the bias.</remarks>
/// <param name="geometry">The convolution.</param>
/// <param name="x">Its input.</param>
/// <param name="weights">Its weights.</param>
/// <param name="turns">Whether the kernels are turned round, last element first.</param>
/// <param name="bias">One a channel, or null.</param>
/// <param name="y">The result.</param>
/// <param name="accumulate">Whether to add to it.</param>
/// <param name="activation">What follows, as far as <see cref="DepthwiseFilter{TLanes, T}"/> knows it.</param>
internal readonly unsafe struct DepthwiseForward(ConvolutionGeometry geometry, void* x, void* weights, bool turns, void* bias, void* y, bool accumulate, ActivationKind activation) : ILaneBody
{
    private readonly ConvolutionGeometry _geometry = geometry;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var planes = new DepthwisePlanes(in _geometry);
        int taps = _geometry.KernelArea;
        int* offsets = stackalloc int[taps];
        planes.InputOffsets(offsets);
        if (turns)
        {
            new Span<int>(offsets, taps).Reverse();
        }

        int multiplier = _geometry.GroupOutputChannels;
        TElement* phases = ThreadScratch.Rent<TElement>(planes.InputLength);
        new Span<TElement>(phases, planes.InputLength).Clear();
        phases += planes.Origin;
        for (int plane = start; plane < end; plane++)
        {
            planes.SplitInput<TLanes, TElement>((TElement*)x + ((nint)plane * _geometry.InputArea), phases);
            for (int m = 0; m < multiplier; m++)
            {
                WorkLimits.Poll();
                int channel = (plane % _geometry.Groups * multiplier) + m;
                TElement shift = bias is null ? TElement.Zero : ((TElement*)bias)[channel];
                var filter = new DepthwiseFilter<TLanes, TElement>(shift, bias is not null, activation, accumulate);
                TElement* kernel = (TElement*)weights + ((nint)channel * taps);
                TElement* target = (TElement*)y + ((((nint)plane * multiplier) + m) * _geometry.OutputArea);
                if (planes.IsThreeByThree)
                {
                    filter.ThreeByThree(phases, planes.PhaseWidth, turns ? kernel + 8 : kernel, turns ? -1 : 1, target, planes.OutputHeight, planes.OutputWidth);
                }
                else
                {
                    filter.Any(phases, planes.PhaseWidth, offsets, kernel, taps, target, planes.OutputHeight, planes.OutputWidth, planes.OutputWidth);
                }
            }
        }
    }
}
