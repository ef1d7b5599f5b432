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

    // Copies of larger planes, for all samples, leave the caches.
    private const int LargestArea = 1024;

    // Narrower rows leave the lanes of a plane idle; more taps, or the planes of a larger image, leave the caches.
    private const int LeastPlaneWidth = 16;
    private const int MostPlaneTaps = 64;
    private const int LargestPlane = 64 * 64;

    /// <summary>Whether every output sees a single input channel, of several.</summary>
    public static bool IsDepthwise(in ConvolutionGeometry g) => g.GroupInputChannels == 1 && g.Groups > 1;

    /// <summary>Whether the positions of few planes go across the lanes as they lie, forward and in the gradient by the weights.</summary>
    public static bool ByPlanes(in ConvolutionGeometry g) =>
        g.Groups == 1 && g.InputChannels < LeastChannels && g.StrideHeight == 1 && g.StrideWidth == 1 && g.KernelArea > 1
        && g.OutputWidth >= LeastPlaneWidth && g.InputChannels * g.KernelArea <= MostPlaneTaps && g.OutputArea <= LargestPlane;

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
