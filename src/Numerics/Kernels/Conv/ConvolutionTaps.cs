using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Which elements of the kernel meet which places. A list holds, for every position of the plane that is computed, pairs of a kernel element (a tap,
/// in the order of the kernel) and the position of the other plane that it multiplies there; taps that meet padding are left out.
/// </summary>
internal static unsafe class ConvolutionTaps
{
    /// <summary>The pairs of a list at most.</summary>
    public static int Capacity(in ConvolutionGeometry g) => checked(g.OutputArea * g.KernelArea);

    /// <summary>For every output position, the taps and the input positions.</summary>
    /// <param name="g">The geometry.</param>
    /// <param name="tapStride">What a tap counts in the first of a pair.</param>
    /// <param name="positionStride">What a position counts in the second.</param>
    /// <param name="pairs">The pairs, one position's after another's.</param>
    /// <param name="starts">Where each position's begin, in pairs, and their end.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfOutputs(in ConvolutionGeometry g, nint tapStride, nint positionStride, nint* pairs, int* starts)
    {
        int count = 0;
        for (int row = 0; row < g.OutputHeight; row++)
        {
            for (int column = 0; column < g.OutputWidth; column++)
            {
                *starts++ = count;
                for (int i = 0; i < g.KernelHeight; i++)
                {
                    int y = (row * g.StrideHeight) + (i * g.DilationHeight) - g.PadTop;
                    if ((uint)y >= (uint)g.InputHeight)
                    {
                        continue;
                    }

                    for (int j = 0; j < g.KernelWidth; j++)
                    {
                        int x = (column * g.StrideWidth) + (j * g.DilationWidth) - g.PadLeft;
                        if ((uint)x < (uint)g.InputWidth)
                        {
                            pairs[2 * count] = ((i * g.KernelWidth) + j) * tapStride;
                            pairs[(2 * count) + 1] = ((y * g.InputWidth) + x) * positionStride;
                            count++;
                        }
                    }
                }
            }
        }

        *starts = count;
    }

    /// <summary>For every output position, the runs of taps in a row of the kernel: pairs of a run's first tap and the input position that it meets.</summary>
    /// <param name="g">The geometry.</param>
    /// <param name="tapStride">What a tap counts in the first of a pair.</param>
    /// <param name="positionStride">What a position counts in the second.</param>
    /// <param name="pairs">The pairs, one position's after another's.</param>
    /// <param name="starts">Where each position's begin, in pairs, and their end.</param>
    /// <param name="lengths">The taps of each of a position's runs: they are equally long.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfOutputRows(in ConvolutionGeometry g, nint tapStride, nint positionStride, nint* pairs, int* starts, int* lengths)
    {
        int count = 0;
        for (int row = 0; row < g.OutputHeight; row++)
        {
            for (int column = 0; column < g.OutputWidth; column++)
            {
                int left = (column * g.StrideWidth) - g.PadLeft;
                int from = Math.Max(0, -left);
                int length = Math.Min(g.KernelWidth, g.InputWidth - left) - from;
                *lengths++ = Math.Max(0, length);
                *starts++ = count;
                for (int i = 0; i < g.KernelHeight && length > 0; i++)
                {
                    int y = (row * g.StrideHeight) + (i * g.DilationHeight) - g.PadTop;
                    if ((uint)y < (uint)g.InputHeight)
                    {
                        pairs[2 * count] = ((i * g.KernelWidth) + from) * tapStride;
                        pairs[(2 * count) + 1] = ((y * g.InputWidth) + left + from) * positionStride;
                        count++;
                    }
                }
            }
        }

        *starts = count;
    }

    /// <summary>For every input position, the taps and the output positions.</summary>
    /// <inheritdoc cref="OfOutputs"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfInputs(in ConvolutionGeometry g, nint tapStride, nint positionStride, nint* pairs, int* starts)
    {
        int count = 0;
        for (int y = 0; y < g.InputHeight; y++)
        {
            for (int x = 0; x < g.InputWidth; x++)
            {
                *starts++ = count;
                for (int i = 0; i < g.KernelHeight; i++)
                {
                    int row = Quotient(y + g.PadTop - (i * g.DilationHeight), g.StrideHeight, g.OutputHeight);
                    for (int j = 0; j < g.KernelWidth && row >= 0; j++)
                    {
                        int column = Quotient(x + g.PadLeft - (j * g.DilationWidth), g.StrideWidth, g.OutputWidth);
                        if (column >= 0)
                        {
                            pairs[2 * count] = ((i * g.KernelWidth) + j) * tapStride;
                            pairs[(2 * count) + 1] = ((row * g.OutputWidth) + column) * positionStride;
                            count++;
                        }
                    }
                }
            }
        }

        *starts = count;
    }

    /// <summary>For every tap, the output positions in the first of a pair and the input positions in the second.</summary>
    /// <param name="g">The geometry.</param>
    /// <param name="outputStride">What an output position counts.</param>
    /// <param name="inputStride">What an input position counts.</param>
    /// <param name="pairs">The pairs, one tap's after another's.</param>
    /// <param name="starts">Where each tap's begin, in pairs, and their end.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfKernel(in ConvolutionGeometry g, nint outputStride, nint inputStride, nint* pairs, int* starts)
    {
        int count = 0;
        for (int tap = 0; tap < g.KernelArea; tap++)
        {
            *starts++ = count;
            int top = (tap / g.KernelWidth * g.DilationHeight) - g.PadTop;
            int left = (tap % g.KernelWidth * g.DilationWidth) - g.PadLeft;
            for (int row = 0; row < g.OutputHeight; row++)
            {
                int y = (row * g.StrideHeight) + top;
                for (int column = 0; column < g.OutputWidth && (uint)y < (uint)g.InputHeight; column++)
                {
                    int x = (column * g.StrideWidth) + left;
                    if ((uint)x < (uint)g.InputWidth)
                    {
                        pairs[2 * count] = ((row * g.OutputWidth) + column) * outputStride;
                        pairs[(2 * count) + 1] = ((y * g.InputWidth) + x) * inputStride;
                        count++;
                    }
                }
            }
        }

        *starts = count;
    }

    private static int Quotient(int value, int stride, int limit) =>
        stride == 1 ? (uint)value < (uint)limit ? value : -1
        : value >= 0 && value % stride == 0 && value / stride is var quotient && quotient < limit ? quotient : -1;
}
