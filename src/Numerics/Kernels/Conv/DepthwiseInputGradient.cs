using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The transpose of a depthwise convolution, plane by plane, with consecutive positions of a phase of the result in the lanes: a phase meets the kernel
/// elements that are its own, each at its offset before the position.
/// </summary>
/// <remarks>An element sums over the kernel, and then over the channel's other outputs, by fused multiply-adds; a channel's outputs are added in their order.</remarks>
internal readonly unsafe struct DepthwiseInputGradient(ConvolutionGeometry geometry, void* dy, void* weights, void* bias, void* dx, bool accumulate, ActivationKind activation) : ILaneBody
{
    private readonly ConvolutionGeometry _geometry = geometry;

    /// <summary>
    /// The convolution, with kernels turned round, that is the transpose of one: of the output, with what the kernel reaches beyond the padding as padding. There is one at
    /// single steps where a channel has one output and the kernel reaches that far.
    /// </summary>
    public static bool TryTurn(in ConvolutionGeometry g, out ConvolutionGeometry turned)
    {
        int vertical = (g.KernelHeight - 1) * g.DilationHeight;
        int horizontal = (g.KernelWidth - 1) * g.DilationWidth;
        if (g is not { StrideHeight: 1, StrideWidth: 1, GroupOutputChannels: 1 }
            || Math.Max(g.PadTop, g.PadBottom) > vertical
            || Math.Max(g.PadLeft, g.PadRight) > horizontal)
        {
            turned = g;
            return false;
        }

        turned = g with
        {
            InputHeight = g.OutputHeight,
            InputWidth = g.OutputWidth,
            PadTop = vertical - g.PadTop,
            PadBottom = vertical - g.PadBottom,
            PadLeft = horizontal - g.PadLeft,
            PadRight = horizontal - g.PadRight,
        };
        return true;
    }

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

        // The outputs of a channel one after another, each behind a margin of zeros.
        int spreadLength = planes.Margin + planes.PhaseLength;
        TElement* phases = ThreadScratch.Rent<TElement>(planes.InputLength + (multiplier * spreadLength) + (multiplier * taps));
        TElement* spread = phases + planes.InputLength;
        TElement* chosen = spread + (multiplier * spreadLength);
        int* chosenOffsets = stackalloc int[multiplier * taps];
        new Span<TElement>(spread, multiplier * spreadLength).Clear();
        for (int plane = start; plane < end; plane++)
        {
            for (int m = 0; m < multiplier; m++)
            {
                planes.SpreadOutput<TLanes, TElement>((TElement*)dy + ((((nint)plane * multiplier) + m) * _geometry.OutputArea), spread + (m * spreadLength) + planes.Margin);
            }

            int channel = plane % _geometry.Groups;
            TElement shift = bias is null ? TElement.Zero : ((TElement*)bias)[channel];
            var filter = new DepthwiseFilter<TLanes, TElement>(shift, bias is not null, activation, false);
            for (int phase = 0; phase < planes.Phases; phase++)
            {
                WorkLimits.Poll();
                int count = 0;
                for (int m = 0; m < multiplier; m++)
                {
                    for (int tap = 0; tap < taps; tap++)
                    {
                        if (offsets[tap] == phase)
                        {
                            chosen[count] = ((TElement*)weights)[((((nint)channel * multiplier) + m) * taps) + tap];
                            chosenOffsets[count++] = (m * spreadLength) + planes.Margin - offsets[taps + tap];
                        }
                    }
                }

                filter.Any(spread, planes.PhaseWidth, chosenOffsets, chosen, count, phases + ((nint)phase * planes.PhaseLength), planes.PhaseHeight, planes.PhaseColumns, planes.PhaseWidth);
            }

            planes.JoinInput<TLanes, TElement>(phases, (TElement*)dx + ((nint)plane * _geometry.InputArea), accumulate);
        }
    }
}
