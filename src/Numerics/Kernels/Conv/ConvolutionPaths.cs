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

    // Narrower rows leave the lanes of a plane idle; more taps, or the planes of a larger image, leave the caches.
    private const int LeastPlaneWidth = 16;
    private const int MostPlaneTaps = 64;
    private const int LargestPlane = 64 * 64;

    // The transforms of a tile cost as much as the products with this many channels; the margin is what short products and traffic cost, and a gain worth having.
    private const int LeastWinogradChannels = 16;
    private const double TransformWork = 6;
    private const double WinogradMargin = 1.4;

    /// <summary>Whether every output sees a single input channel, of several.</summary>
    public static bool IsDepthwise(in ConvolutionGeometry g) => g.GroupInputChannels == 1 && g.Groups > 1;

    /// <summary>Whether the positions of few planes go across the lanes as they lie, forward and in the gradient by the weights.</summary>
    public static bool ByPlanes(in ConvolutionGeometry g) =>
        g.Groups == 1 && g.InputChannels < LeastChannels && g.StrideHeight == 1 && g.StrideWidth == 1 && g.KernelArea > 1
        && g.OutputWidth >= LeastPlaneWidth && g.InputChannels * g.KernelArea <= MostPlaneTaps && g.OutputArea <= LargestPlane;

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

    /// <summary>Whether <see cref="WinogradConvolution"/> computes it, forward. Float64 is never asked: it is for checks, not for speed.</summary>
    public static bool ForwardByWinograd(in ConvolutionGeometry g) => SuitsWinograd(in g) && WinogradPays(in g, Tiles(g.OutputHeight, g.OutputWidth), Rounded(g.Batch), g.Batch);

    /// <summary>Whether Winograd's filtering computes the gradient by the input.</summary>
    public static bool BackwardByWinograd(in ConvolutionGeometry g) => SuitsWinograd(in g) && WinogradPays(in g, Tiles(g.InputHeight, g.InputWidth), Rounded(g.Batch), g.Batch);

    /// <summary>Whether <see cref="WinogradWeightGradient"/> computes the gradient by the weights.</summary>
    public static bool WeightsByWinograd(in ConvolutionGeometry g) => SuitsWinograd(in g) && WinogradPays(in g, Tiles(g.OutputHeight, g.OutputWidth), Rounded(g.InputChannels), g.InputChannels);

    private static bool SuitsWinograd(in ConvolutionGeometry g) =>
        g is { KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, Groups: 1 }
        && g.Batch >= LeastSamples && Math.Min(g.InputChannels, g.OutputChannels) >= LeastWinogradChannels;

    // Products of the transformed tiles, with the lanes that are filled up, and work in proportion to the channels for the transforms, against the products of the taps.
    private static bool WinogradPays(in ConvolutionGeometry g, long tiles, long lanes, long filled)
    {
        double transforms = 1 + (TransformWork / g.InputChannels) + (TransformWork / g.OutputChannels);
        return WinogradTransforms.Frequencies * (double)tiles * lanes * transforms * WinogradMargin
            <= (double)Taps(g.InputHeight, g.OutputHeight, g.PadTop) * Taps(g.InputWidth, g.OutputWidth, g.PadLeft) * filled;
    }

    private static long Tiles(int height, int width) => Rounded(height, WinogradTransforms.Outputs) / WinogradTransforms.Outputs * (Rounded(width, WinogradTransforms.Outputs) / WinogradTransforms.Outputs);

    private static long Rounded(int value, int step = WinogradConvolution.Samples) => ((long)value + step - 1) / step * step;

    // Pairs of a tap and a position along one axis that meet no padding.
    private static long Taps(int size, int outputs, int pad)
    {
        long pairs = 0;
        for (int tap = 0; tap < 3; tap++)
        {
            pairs += Math.Max(0, Math.Min((long)outputs, (long)size + pad - tap) - Math.Max(0, pad - tap));
        }

        return pairs;
    }

    private static bool SuitsLanes(in ConvolutionGeometry g) =>
        g.Batch >= LeastSamples && g.KernelArea > 1 && Math.Min(g.InputArea, g.OutputArea) <= LargestArea;
}
