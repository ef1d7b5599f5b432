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

    // Beyond these the fast paths' tables leave the stack, their copies what memory is worth, and products of sizes an int. Nothing that people train comes near.
    private const int MostTaps = 4096;
    private const int MostDepth = 1 << 17;
    private const int MostStep = 1 << 20;
    private const int MostPhases = 256;
    private const int MostUsualDepthwiseTaps = 16384;
    private const int MostPadded = 1 << 20;
    private const long MostDepthwiseWork = 1L << 32;

    // A register of positions of one sample.
    private const int LeastPositions = 16;

    // Copies of larger planes, for all samples, leave the caches.
    private const int LargestArea = 1024;

    // Narrower rows leave the lanes of a plane idle; more taps, or the planes of a larger image, leave the caches.
    private const int LeastForwardWidth = 16;
    private const int LeastWeightsWidth = 8;
    private const int MostPlaneTaps = 256;
    private const int LargestPlane = 64 * 64;
    private const int LargestStridedPlane = 128 * 128;

    // The transforms of a tile cost as much as the products with this many channels; the margin is what short products and traffic cost, and a gain worth having.
    private const int LeastWinogradChannels = 16;
    private const double TransformWork = 6;
    private const double WinogradMargin = 1.4;

    // With more, there are results without any term, which must be exactly zero.
    private const int MostWinogradPadding = 2;

    // Of a kernel whose input is copied for channels in the lanes; and the largest plane whose positions rather do not go across them.
    private const int MostChannelTaps = 128;
    private const int LargestPointwiseArea = 200;

    private const int LeastLaidChannels = 6;
    private const int MostDepthwiseTaps = 64;
    private const int LargestDepthwiseArea = 12 * 12;

    // Pairs of channels: with more, the transformed weights, four times as many, leave the caches; and their gradients, which every strip of tiles goes over, sooner.
    private const int MostWinogradPairs = 256 * 256;
    private const int MostWinogradSums = 128 * 128;

    // With fewer, the transformed weights, four times as many, are read for too little.
    private const int LeastWinogradTiles = 6;

    // Columns times channels of a row of tiles whose transform stays in the caches, where all of a row is transformed together.
    private const int LongestTileRow = 2048;
    private const int LongestPixelRow = 16384;

    /// <summary>Whether only <see cref="PlainConvolution{T}"/> computes it.</summary>
    /// <param name="g">The geometry.</param>
    /// <param name="isTransposed">Whether the input is computed from the output.</param>
    public static bool IsUnusual(in ConvolutionGeometry g, bool isTransposed)
    {
        long area = (long)g.KernelHeight * g.KernelWidth;
        long padded = ((long)g.InputHeight + g.PadTop + g.PadBottom) * ((long)g.InputWidth + g.PadLeft + g.PadRight);
        int step = Math.Max(Math.Max(g.StrideHeight, g.StrideWidth), Math.Max(g.DilationHeight, g.DilationWidth));
        int pad = Math.Max(Math.Max(g.PadTop, g.PadBottom), Math.Max(g.PadLeft, g.PadRight));
        return area > MostTaps
            || area * (isTransposed ? g.GroupOutputChannels : g.GroupInputChannels) > MostDepth
            || Math.Max(step, pad) > MostStep
            || padded > Math.Max(4L * g.InputArea, MostPadded)
            || (IsDepthwise(in g)
                && ((long)g.StrideHeight * g.StrideWidth > MostPhases || area * g.GroupOutputChannels > MostUsualDepthwiseTaps || area * g.OutputArea > MostDepthwiseWork));
    }

    /// <summary>Whether every output sees a single input channel, of several.</summary>
    public static bool IsDepthwise(in ConvolutionGeometry g) => g.GroupInputChannels == 1 && g.Groups > 1;

    /// <summary>Whether a depthwise convolution has channels across the lanes: where rows are short or strides would be taken out of them. The bits are those of columns across the lanes.</summary>
    public static bool DepthwiseByChannels(in ConvolutionGeometry g) =>
        IsDepthwise(in g) && g.GroupOutputChannels == 1 && g.InputChannels >= LeastChannels && g.KernelArea <= MostDepthwiseTaps
        && g.InputArea <= (g.StrideWidth == 1 ? LargestDepthwiseArea : LargestPlane);

    /// <summary>Whether the input has as many positions as the kernel, so that the gradients are products of matrices as they lie: x is [N, C · taps], y [N, M].</summary>
    public static bool IsProduct(in ConvolutionGeometry g) =>
        g.Groups == 1 && g.KernelHeight == g.InputHeight && g.KernelWidth == g.InputWidth && g.OutputArea == 1
        && (g.PadTop | g.PadLeft | g.PadBottom | g.PadRight) == 0;

    /// <summary>Whether the columns of few planes go across the lanes as they lie, forward.</summary>
    public static bool ForwardByPlanes(in ConvolutionGeometry g) =>
        FitsPlanes(in g) && g.StrideWidth <= 2 && g.OutputArea <= (g.StrideWidth == 1 ? LargestPlane : LargestStridedPlane) && g.OutputWidth >= LeastForwardWidth;

    /// <summary>Whether the positions of few planes go across the lanes, in the gradient by the weights.</summary>
    public static bool WeightsByPlanes(in ConvolutionGeometry g) => SuitsPlanes(in g) && g.OutputWidth >= LeastWeightsWidth;

    /// <summary>Whether the kernel is one element without padding, so that the planes need no copies, or only of the positions that strides meet.</summary>
    public static bool IsPointwise(in ConvolutionGeometry g) =>
        g is { KernelHeight: 1, KernelWidth: 1, PadTop: 0, PadLeft: 0, PadBottom: 0, PadRight: 0 } && g.OutputArea >= LeastPositions;

    /// <summary>
    /// Whether the output's channels go across the lanes, forward, where the weights are packed so. The bits are those of the path that is taken otherwise: the choice is one of speed alone.
    /// </summary>
    public static bool ForwardByChannels(in ConvolutionGeometry g) =>
        g.Groups == 1 && g.InputChannels >= LeastLaidChannels && g.KernelArea <= MostChannelTaps && g.OutputChannels >= LeastChannels && !ForwardByPlanes(in g) && !ForwardByWinograd(in g)
        && (IsPointwise(in g) ? g is { StrideHeight: 1, StrideWidth: 1 } && g.OutputArea <= LargestPointwiseArea : !ForwardByLanes(in g));

    /// <summary>Whether <see cref="WinogradChannels"/> computes it, forward, where the weights are packed so: 3×3 kernels over few samples whose tiles use the transformed weights often enough.</summary>
    public static bool ForwardByWinogradChannels(in ConvolutionGeometry g) =>
        SuitsWinogradKernel(in g) && g.Batch < LeastSamples && (long)g.InputChannels * g.OutputChannels <= MostWinogradSums
        && g.Batch * OutputTiles(in g) >= LeastWinogradTiles && WinogradPays(in g, OutputTiles(in g), Rounded(g.InputChannels), g.InputChannels);

    /// <summary>Whether taps that are neighbours in a row of the kernel are one run of channels: few channels, which lie side by side for neighbouring positions.</summary>
    public static bool MergesTaps(in ConvolutionGeometry g) => g.GroupInputChannels < LeastChannels && g.Groups == 1 && g.DilationWidth == 1;

    /// <summary>Whether the batch goes across the lanes, forward.</summary>
    public static bool ForwardByLanes(in ConvolutionGeometry g) =>
        SuitsLanes(in g) && g.GroupInputChannels * (MergesTaps(in g) ? g.KernelWidth : 1) >= LeastChannels && g.GroupOutputChannels >= LeastRows;

    /// <summary>Whether the batch goes across the lanes, in the gradient by the input.</summary>
    public static bool BackwardByLanes(in ConvolutionGeometry g) =>
        SuitsLanes(in g) && g.GroupOutputChannels >= LeastChannels && g.GroupInputChannels >= LeastRows;

    /// <summary>Whether the channels go across the lanes and the batch is summed over, in the gradient by the weights.</summary>
    public static bool WeightsByLanes(in ConvolutionGeometry g) =>
        SuitsLanes(in g) && g.GroupInputChannels >= LeastChannels && g.GroupOutputChannels >= LeastRows;

    /// <summary>Whether <see cref="WinogradConvolution"/> computes it, forward. Never asked for float64, which is for checks and not for speed.</summary>
    public static bool ForwardByWinograd(in ConvolutionGeometry g) => SuitsWinograd(in g) && WinogradPays(in g, OutputTiles(in g), Rounded(g.Batch), g.Batch);

    /// <summary>Whether Winograd's filtering computes the gradient by the input.</summary>
    public static bool BackwardByWinograd(in ConvolutionGeometry g) =>
        SuitsWinograd(in g) && WinogradPays(in g, BackwardByOutputTiles(in g) ? OutputTiles(in g) : InputTiles(in g), Rounded(g.Batch), g.Batch);

    /// <summary>Whether that is <see cref="WinogradInputGradient"/>, from tiles of the output, or else <see cref="WinogradConvolution"/> to tiles of the input.</summary>
    public static bool BackwardByOutputTiles(in ConvolutionGeometry g) => OutputTiles(in g) < InputTiles(in g) && g.OutputWidth * (long)g.OutputChannels <= LongestTileRow;

    /// <summary>Whether <see cref="WinogradWeightGradient"/> computes the gradient by the weights.</summary>
    public static bool WeightsByWinograd(in ConvolutionGeometry g) =>
        SuitsWinograd(in g) && g.InputChannels * g.OutputChannels <= MostWinogradSums
        && Math.Max((long)g.InputWidth * g.InputChannels, (long)g.OutputWidth * g.OutputChannels) <= LongestPixelRow
        && WinogradPays(in g, OutputTiles(in g), Rounded(g.InputChannels), g.InputChannels);

    private static bool SuitsWinograd(in ConvolutionGeometry g) =>
        SuitsWinogradKernel(in g) && g.Batch >= LeastSamples && (long)g.InputChannels * g.OutputChannels <= MostWinogradPairs;

    private static bool SuitsWinogradKernel(in ConvolutionGeometry g) =>
        g is { KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, Groups: 1 }
        && Math.Max(Math.Max(g.PadTop, g.PadBottom), Math.Max(g.PadLeft, g.PadRight)) <= MostWinogradPadding
        && Math.Min(g.InputChannels, g.OutputChannels) >= LeastWinogradChannels;

    // Products of the transformed tiles, with the lanes that are filled up, and work in proportion to the channels for the transforms, against the products of the taps.
    private static bool WinogradPays(in ConvolutionGeometry g, long tiles, long lanes, long filled)
    {
        double transforms = 1 + (TransformWork / g.InputChannels) + (TransformWork / g.OutputChannels);
        return WinogradTransforms.Frequencies * (double)tiles * lanes * transforms * WinogradMargin
            <= (double)Taps(g.InputHeight, g.OutputHeight, g.PadTop) * Taps(g.InputWidth, g.OutputWidth, g.PadLeft) * filled;
    }

    private static long InputTiles(in ConvolutionGeometry g) => Tiles(g.InputHeight, g.InputWidth);

    private static long OutputTiles(in ConvolutionGeometry g) => Tiles(g.OutputHeight, g.OutputWidth);

    private static long Tiles(int height, int width) => Rounded(height, WinogradTransforms.Outputs) * Rounded(width, WinogradTransforms.Outputs) / (WinogradTransforms.Outputs * WinogradTransforms.Outputs);

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

    private static bool SuitsPlanes(in ConvolutionGeometry g) => FitsPlanes(in g) && g.StrideHeight == 1 && g.StrideWidth == 1 && g.OutputArea <= LargestPlane;

    private static bool FitsPlanes(in ConvolutionGeometry g) =>
        g.Groups == 1 && g.InputChannels < LeastChannels && g.KernelArea > 1 && g.InputChannels * g.KernelArea <= MostPlaneTaps;

    private static bool SuitsLanes(in ConvolutionGeometry g) =>
        g.Batch >= LeastSamples && g.KernelArea > 1 && Math.Min(g.InputArea, g.OutputArea) <= LargestArea;
}
