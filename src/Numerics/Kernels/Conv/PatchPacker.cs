using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Copies patches of an image: for every element of the kernel and every channel a row of what it meets at consecutive output positions, zeros where that
/// is padding. The rows are a part of the matrix of patches, as wide as a panel of a matrix product.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct PatchPacker<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The elements beyond the last one that may be written: copies are whole vectors.</summary>
    public const int Slack = 16;

    // A run is a piece of a row: where it goes, its length, and where it comes from, or a negative number for zeros.
    private const int Fields = 3;

    // Of a tap: the row and the column of the input that the first output position meets, and the columns of the output [from, to) that meet the input.
    private const int Edges = 4;

    private readonly int _channels;
    private readonly int _taps;
    private readonly int _area;
    private readonly int _inputHeight;
    private readonly int _inputWidth;
    private readonly int _outputWidth;
    private readonly int _strideHeight;
    private readonly int _strideWidth;
    private readonly int* _edges;
    private readonly T* _end;

    /// <summary>Prepares to copy patches of a geometry.</summary>
    /// <param name="g">The geometry.</param>
    /// <param name="end">The end of all samples, beyond which nothing is read.</param>
    /// <param name="edges">Memory for <see cref="EdgeLength"/> numbers, as long as this is used.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public PatchPacker(in ConvolutionGeometry g, T* end, int* edges)
    {
        (_channels, _taps, _area) = (g.GroupInputChannels, g.KernelArea, g.InputArea);
        (_inputHeight, _inputWidth, _outputWidth) = (g.InputHeight, g.InputWidth, g.OutputWidth);
        (_strideHeight, _strideWidth) = (g.StrideHeight, g.StrideWidth);
        _edges = edges;
        _end = end;
        for (int tap = 0; tap < _taps; tap++)
        {
            int left = (tap % g.KernelWidth * g.DilationWidth) - g.PadLeft;
            edges[0] = (tap / g.KernelWidth * g.DilationHeight) - g.PadTop;
            edges[1] = left;
            edges[2] = Math.Min(_outputWidth, left >= 0 ? 0 : (-left + _strideWidth - 1) / _strideWidth);
            edges[3] = left >= _inputWidth ? 0 : Math.Min(_outputWidth, ((_inputWidth - 1 - left) / _strideWidth) + 1);
            edges += Edges;
        }
    }

    /// <summary>The numbers that a packer keeps for a geometry.</summary>
    public static int EdgeLength(in ConvolutionGeometry g) => Edges * g.KernelArea;

    /// <summary>
    /// Copies the rows of [columns from <paramref name="start"/> on], filled up with zeros to <paramref name="width"/>, each <paramref name="distance"/> after the one before.
    /// </summary>
    /// <param name="x">The first channel of a group of one sample.</param>
    /// <param name="start">The first output position.</param>
    /// <param name="columns">The output positions.</param>
    /// <param name="width">The elements of a row.</param>
    /// <param name="distance">From row to row; where <paramref name="channelsFirst"/>, <see cref="Slack"/> more than the width.</param>
    /// <param name="channelsFirst">Whether rows are ordered [channel, tap]; [tap, channel] otherwise.</param>
    /// <param name="rows">Where to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(T* x, int start, int columns, int width, int distance, bool channelsFirst, T* rows)
    {
        int firstRow = start / _outputWidth;
        int firstColumn = start - (firstRow * _outputWidth);

        // A row of the output is three runs at most: zeros, elements, zeros.
        int* runs = stackalloc int[Fields * ((3 * (((firstColumn + columns - 1) / _outputWidth) + 1)) + 1)];
        int channels = _channels;
        nint area = _area;
        int stride = _strideWidth;
        T* end = _end;
        for (int tap = 0; tap < _taps; tap++)
        {
            int* runsEnd = FindRuns(_edges + (Edges * tap), firstRow, firstColumn, columns, width, runs);
            T* row = rows + ((nint)(channelsFirst ? tap : tap * channels) * distance);
            nint next = (nint)(channelsFirst ? _taps : 1) * distance;
            T* plane = x;
            for (int c = 0; c < channels; c++)
            {
                for (int* run = runs; run < runsEnd; run += Fields)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int* FindRuns(int* edges, int firstRow, int firstColumn, int columns, int width, int* runs)
    {
        int left = edges[1];
        int firstInside = edges[2];
        int endInside = edges[3];
        int column = firstColumn;
        int y = (firstRow * _strideHeight) + edges[0];
        for (int at = 0; at < columns; y += _strideHeight)
        {
            int stop = Math.Min(_outputWidth, column + columns - at);
            int from = stop;
            int to = stop;
            if ((uint)y < (uint)_inputHeight)
            {
                from = Math.Min(Math.Max(firstInside, column), stop);
                to = Math.Min(Math.Max(endInside, from), stop);
            }

            runs = Add(runs, at, from - column, -1);
            runs = Add(runs, at + from - column, to - from, (y * _inputWidth) + (from * _strideWidth) + left);
            runs = Add(runs, at + to - column, stop - to, -1);
            at += stop - column;
            column = 0;
        }

        return Add(runs, columns, width - columns, -1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int* Add(int* runs, int target, int length, int source)
    {
        if (length <= 0)
        {
            return runs;
        }

        runs[0] = target;
        runs[1] = length;
        runs[2] = source;
        return runs + Fields;
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
