using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Copies patches of an image: for every element of the kernel and every channel a row of what it meets at consecutive output positions, zeros where that
/// is padding. The rows are a part of the matrix of patches, as wide as a panel of a matrix product.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
internal static unsafe class PatchPacker<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The elements beyond the last one that may be written: copies are whole vectors.</summary>
    public const int Slack = 16;

    // A run is a piece of a row: where it goes, its length, and where it comes from, or a negative number for zeros.
    private const int Fields = 3;

    /// <summary>
    /// Copies the rows of [columns from <paramref name="start"/> on], filled up with zeros to <paramref name="width"/>, each <paramref name="distance"/> after the one before.
    /// </summary>
    /// <param name="g">The geometry.</param>
    /// <param name="x">The first channel of a group of one sample.</param>
    /// <param name="end">The end of all samples, beyond which nothing is read.</param>
    /// <param name="start">The first output position.</param>
    /// <param name="columns">The output positions.</param>
    /// <param name="width">The elements of a row.</param>
    /// <param name="distance">From row to row; where <paramref name="channelsFirst"/>, <see cref="Slack"/> more than the width.</param>
    /// <param name="channelsFirst">Whether rows are ordered [channel, tap]; [tap, channel] otherwise.</param>
    /// <param name="rows">Where to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(in ConvolutionGeometry g, T* x, T* end, int start, int columns, int width, int distance, bool channelsFirst, T* rows)
    {
        // A row of the output is three runs at most: zeros, elements, zeros.
        int* runs = stackalloc int[Fields * ((3 * Math.Min(columns, (columns / g.OutputWidth) + 2)) + 1)];
        int channels = g.GroupInputChannels;
        int taps = g.KernelArea;
        nint area = g.InputArea;
        int stride = g.StrideWidth;
        for (int tap = 0; tap < taps; tap++)
        {
            int count = FindRuns(in g, tap, start, columns, width, runs);
            T* row = rows + ((nint)(channelsFirst ? tap : tap * channels) * distance);
            nint next = (nint)(channelsFirst ? taps : 1) * distance;
            T* plane = x;
            for (int c = 0; c < channels; c++)
            {
                for (int* run = runs; run < runs + (Fields * count); run += Fields)
                {
                    T* target = row + run[0];
                    int length = run[1];
                    if (run[2] < 0)
                    {
                        Fill(target, length);
                    }
                    else if (stride == 1)
                    {
                        Copy(plane + run[2], target, length, end);
                    }
                    else
                    {
                        T* source = plane + run[2];
                        for (int i = 0; i < length; i++)
                        {
                            target[i] = source[(nint)i * stride];
                        }
                    }
                }

                row += next;
                plane += area;
            }
        }
    }

    private static int FindRuns(in ConvolutionGeometry g, int tap, int start, int columns, int width, int* runs)
    {
        int count = 0;
        int outputWidth = g.OutputWidth;
        int top = (tap / g.KernelWidth * g.DilationHeight) - g.PadTop;
        int left = (tap % g.KernelWidth * g.DilationWidth) - g.PadLeft;

        // The columns of the output that meet the input: stride · column + left in [0, width of the input).
        int firstInside = Math.Min(outputWidth, left >= 0 ? 0 : (-left + g.StrideWidth - 1) / g.StrideWidth);
        int endInside = left >= g.InputWidth ? 0 : Math.Min(outputWidth, ((g.InputWidth - 1 - left) / g.StrideWidth) + 1);
        int column = start % outputWidth;
        int y = (start / outputWidth * g.StrideHeight) + top;
        for (int at = 0; at < columns; y += g.StrideHeight)
        {
            int stop = Math.Min(outputWidth, column + columns - at);
            bool isInside = (uint)y < (uint)g.InputHeight;
            int from = isInside ? Math.Clamp(firstInside, column, stop) : stop;
            int to = isInside ? Math.Clamp(endInside, from, stop) : stop;
            count = Add(runs, count, at, from - column, -1);
            count = Add(runs, count, at + from - column, to - from, (y * g.InputWidth) + (from * g.StrideWidth) + left);
            count = Add(runs, count, at + to - column, stop - to, -1);
            at += stop - column;
            column = 0;
        }

        return Add(runs, count, columns, width - columns, -1);
    }

    private static int Add(int* runs, int count, int target, int length, int source)
    {
        if (length <= 0)
        {
            return count;
        }

        int* run = runs + (Fields * count);
        (run[0], run[1], run[2]) = (target, length, source);
        return count + 1;
    }

    // Whole vectors: what lies beyond the run is written by a later one, or is slack.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(T* source, T* target, int length, T* end)
    {
        int step = Vector256<T>.Count;
        if (source + length + step <= end)
        {
            for (int i = 0; i < length; i += step)
            {
                Vector256.Load(source + i).Store(target + i);
            }

            return;
        }

        for (int i = 0; i < length; i++)
        {
            target[i] = source[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(T* target, int length)
    {
        for (int i = 0; i < length; i += Vector256<T>.Count)
        {
            Vector256<T>.Zero.Store(target + i);
        }
    }
}
