namespace Toolkit.Numerics.Kernels;

/// <summary>Which algorithm computes a geometry. Depends on the geometry alone, so that its bits do not depend on the machine.</summary>
internal static class ConvolutionPaths
{
    /// <summary>Below this many multiply-adds a thread, waking one costs more than it saves.</summary>
    public const long MinimumWork = 128 * 1024;

    // Fewer samples leave lanes idle, fewer channels make the products of a tap too short.
    private const int LeastSamples = 16;
    private const int LeastChannels = 8;

    // A tile of fewer rows than this reads its panel too often.
    private const int LeastRows = 4;

    // A register of positions of one sample.
    private const int LeastPositions = 16;

    // Copies of larger planes, for all samples, leave the caches.
    private const int LargestArea = 1024;

    /// <summary>Whether every output sees a single input channel, of several.</summary>
    public static bool IsDepthwise(in ConvolutionGeometry g) => g.GroupInputChannels == 1 && g.Groups > 1;

    /// <summary>Whether the kernel is one element without padding, so that the planes need no copies, or only of the positions that strides meet.</summary>
    public static bool IsPointwise(in ConvolutionGeometry g) =>
        g is { KernelHeight: 1, KernelWidth: 1, PadTop: 0, PadLeft: 0, PadBottom: 0, PadRight: 0 } && g.OutputArea >= LeastPositions;

    /// <summary>Whether the batch goes across the lanes, forward.</summary>
    public static bool ForwardByLanes(in ConvolutionGeometry g) =>
        SuitsLanes(in g) && g.GroupInputChannels >= LeastChannels && g.GroupOutputChannels >= LeastRows;

    /// <summary>Whether the batch goes across the lanes, in the gradient by the input.</summary>
    public static bool BackwardByLanes(in ConvolutionGeometry g) =>
        SuitsLanes(in g) && g.GroupOutputChannels >= LeastChannels && g.GroupInputChannels >= LeastRows;

    /// <summary>Whether the channels go across the lanes and the batch is summed over, in the gradient by the weights.</summary>
    public static bool WeightsByLanes(in ConvolutionGeometry g) =>
        SuitsLanes(in g) && g.GroupInputChannels >= LeastChannels && g.GroupOutputChannels >= LeastRows;

    private static bool SuitsLanes(in ConvolutionGeometry g) =>
        g.Batch >= LeastSamples && g.KernelArea > 1 && Math.Min(g.InputArea, g.OutputArea) <= LargestArea;
}
