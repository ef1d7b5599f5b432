namespace Toolkit.Numerics.Kernels;

/// <summary>Constant weights of a convolution, arranged once in the order in which the kernels read them. Independent of the batch and of the input's height and width.</summary>
public sealed class PackedConvolution
{
    private PackedMatrix? _panels;
    private WinogradPanels? _winograd;

    internal PackedConvolution(KernelSet set, in ConvolutionGeometry geometry, float[] weights)
    {
        Set = set;
        (OutputChannels, GroupInputChannels, KernelHeight, KernelWidth) =
            (geometry.OutputChannels, geometry.GroupInputChannels, geometry.KernelHeight, geometry.KernelWidth);
        Weights = weights;
    }

    /// <summary>M, the channels of y.</summary>
    public int OutputChannels { get; }

    /// <summary>C/groups, the channels of x that an output sees.</summary>
    public int GroupInputChannels { get; }

    /// <summary>kH.</summary>
    public int KernelHeight { get; }

    /// <summary>kW.</summary>
    public int KernelWidth { get; }

    /// <summary>The kernels that the weights are arranged for.</summary>
    internal KernelSet Set { get; }

    /// <summary>The weights as [M, kH, kW, C/groups].</summary>
    internal float[] Weights { get; }

    /// <summary>The weights as [kH · kW · C, M] of a product, packed at first use; for a single group.</summary>
    internal PackedMatrix Panels
    {
        get
        {
            if (Volatile.Read(ref _panels) is { } panels)
            {
                return panels;
            }

            // Threads that come here together may each pack; the first one's is kept.
            int depth = GroupInputChannels * KernelHeight * KernelWidth;
            PackedMatrix packed = Gemm.Pack(Set, true, OutputChannels, depth, Weights, depth);
            return Interlocked.CompareExchange(ref _panels, packed, null) ?? packed;
        }
    }

    /// <summary>The weights of a 3×3 kernel transformed, packed at first use.</summary>
    internal WinogradPanels Winograd
    {
        get
        {
            if (Volatile.Read(ref _winograd) is { } panels)
            {
                return panels;
            }

            var packed = new WinogradPanels(Set, GroupInputChannels, OutputChannels, Weights);
            return Interlocked.CompareExchange(ref _winograd, packed, null) ?? packed;
        }
    }

    /// <summary>Throws unless the weights are a geometry's.</summary>
    internal void CheckFits(in ConvolutionGeometry geometry)
    {
        if ((OutputChannels, GroupInputChannels, KernelHeight, KernelWidth)
            != (geometry.OutputChannels, geometry.GroupInputChannels, geometry.KernelHeight, geometry.KernelWidth))
        {
            throw new ArgumentException(
                $"Convolution: expected weights packed for [{geometry.OutputChannels},{geometry.GroupInputChannels},{geometry.KernelHeight},{geometry.KernelWidth}], "
                + $"got [{OutputChannels},{GroupInputChannels},{KernelHeight},{KernelWidth}]; pack them with the geometry that they are used with.");
        }
    }
}
