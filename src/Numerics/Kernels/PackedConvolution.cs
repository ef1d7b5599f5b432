namespace Toolkit.Numerics.Kernels;

/// <summary>Constant weights of a convolution, arranged once in the order in which the kernels read them. Independent of the batch and of the input's height and width.</summary>
public sealed class PackedConvolution
{
    internal PackedConvolution(in ConvolutionGeometry geometry, float[] weights)
    {
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

    /// <summary>The weights as [M, kH, kW, C/groups].</summary>
    internal float[] Weights { get; }

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
