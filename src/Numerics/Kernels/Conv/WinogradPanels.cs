using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>The weights of a 3×3 convolution, transformed, [C, M] for each frequency, packed.</summary>
internal sealed unsafe class WinogradPanels
{
    private readonly PackedMatrix[] _panels = new PackedMatrix[WinogradTransforms.Frequencies];

    /// <summary>Transforms and packs weights that are arranged as [M, 3, 3, C].</summary>
    public WinogradPanels(KernelSet set, int inputs, int outputs, ReadOnlySpan<float> weights)
    {
        var geometry = new ConvolutionGeometry { InputChannels = inputs, OutputChannels = outputs, KernelHeight = 3, KernelWidth = 3 };
        fixed (float* pointer = weights)
        {
            var filter = new WinogradFilter(set.SingleGemm, in geometry, pointer, isArranged: true, isTransposed: false, isTurned: false);
            var body = new Transformation(filter);
            LaneTraversal.Dispatch<Transformation, float>(ref body, 0, outputs, set.Level);
            for (int frequency = 0; frequency < _panels.Length; frequency++)
            {
                _panels[frequency] = Gemm.Pack(set, true, outputs, inputs, filter.Transformed(frequency), filter.ChannelStride);
            }
        }
    }

    /// <summary>The weights of a frequency.</summary>
    public PackedMatrix this[int frequency] => _panels[frequency];

    private readonly struct Transformation(WinogradFilter filter) : ILaneBody
    {
        public void Invoke<TLanes, TElement>(int start, int end)
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => filter.Transform<TLanes, TElement>(start, end);
    }
}
