using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// How a plane is laid out for a depthwise convolution: with its padding, and split by the strides, so that what a kernel element meets at consecutive output
/// positions lies consecutively. Phase (i, j) of the split holds the padded rows i, i + stride, … and columns j, j + stride, …. All phases and the
/// output's plane have rows of the same length, so that a whole plane is one run: <c>out[p] = Σ w[k,l] · phase[p + offset of (k, l)]</c>. The output's
/// columns beyond its width are not used, and zero where they are summed.
/// </summary>
internal readonly unsafe struct DepthwisePlanes
{
    private readonly ConvolutionGeometry _geometry;

    /// <summary>Lays planes out for a geometry.</summary>
    public DepthwisePlanes(in ConvolutionGeometry geometry)
    {
        _geometry = geometry;
        OutputWidth = geometry.OutputWidth;
        OutputHeight = geometry.OutputHeight;
        int height = geometry.InputHeight + geometry.PadTop + geometry.PadBottom;
        int width = geometry.InputWidth + geometry.PadLeft + geometry.PadRight;
        PhaseHeight = (height + geometry.StrideHeight - 1) / geometry.StrideHeight;
        PhaseWidth = (width + geometry.StrideWidth - 1) / geometry.StrideWidth;
        PhaseArea = PhaseHeight * PhaseWidth;
        Margin = ((((geometry.KernelHeight - 1) * geometry.DilationHeight) / geometry.StrideHeight) * PhaseWidth)
            + (((geometry.KernelWidth - 1) * geometry.DilationWidth) / geometry.StrideWidth);
    }

    /// <summary>Elements beyond the last of a plane that may be read and written: copies are whole registers.</summary>
    public static int Slack => 32;

    /// <summary>The rows of a phase.</summary>
    public int PhaseHeight { get; }

    /// <summary>The elements of a row of a phase.</summary>
    public int PhaseWidth { get; }

    /// <summary>The elements of a phase.</summary>
    public int PhaseArea { get; }

    /// <summary>The rows of the output.</summary>
    public int OutputHeight { get; }

    /// <summary>The columns of the output.</summary>
    public int OutputWidth { get; }

    /// <summary>The greatest offset of a kernel element.</summary>
    public int Margin { get; }

    /// <summary>The phases.</summary>
    public int Phases => _geometry.StrideHeight * _geometry.StrideWidth;

    /// <summary>The elements from the output's first to its last, as it is laid out.</summary>
    public int OutputLength => ((OutputHeight - 1) * PhaseWidth) + OutputWidth;

    /// <summary>The phase of every kernel element and, after them all, their offsets in it.</summary>
    public void Offsets(int* offsets)
    {
        int taps = _geometry.KernelArea;
        for (int tap = 0; tap < taps; tap++)
        {
            int y = tap / _geometry.KernelWidth * _geometry.DilationHeight;
            int x = tap % _geometry.KernelWidth * _geometry.DilationWidth;
            offsets[tap] = (y % _geometry.StrideHeight * _geometry.StrideWidth) + (x % _geometry.StrideWidth);
            offsets[taps + tap] = (y / _geometry.StrideHeight * PhaseWidth) + (x / _geometry.StrideWidth);
        }
    }

    /// <summary>Lays out a plane of the input: all its phases, one after another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SplitInput<TLanes, T>(T* plane, T* phases)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        if (g.StrideHeight == 1 && g.StrideWidth == 1)
        {
            Clear<TLanes, T>(phases, (g.PadTop * PhaseWidth) + g.PadLeft);
            T* row = phases + (g.PadTop * PhaseWidth) + g.PadLeft;
            for (int y = 0; y < g.InputHeight; y++)
            {
                CopyRow<TLanes, T>(plane, row, g.InputWidth);
                Clear<TLanes, T>(row + g.InputWidth, g.PadLeft + g.PadRight);
                plane += g.InputWidth;
                row += PhaseWidth;
            }

            T* end = phases + PhaseArea;
            row -= g.PadLeft;
            Clear<TLanes, T>(row, (int)(end - row));
            return;
        }

        Clear<TLanes, T>(phases, Phases * PhaseArea);
        for (int y = 0; y < g.InputHeight; y++)
        {
            int paddedRow = y + g.PadTop;
            T* row = phases + ((nint)(paddedRow % g.StrideHeight * g.StrideWidth) * PhaseArea) + ((nint)(paddedRow / g.StrideHeight) * PhaseWidth);
            for (int first = 0; first < g.StrideWidth; first++)
            {
                int x = FirstColumn(first);
                T* target = row + ((nint)first * PhaseArea) + ((x + g.PadLeft) / g.StrideWidth);
                for (; x < g.InputWidth; x += g.StrideWidth)
                {
                    *target++ = plane[x];
                }
            }

            plane += g.InputWidth;
        }
    }

    /// <summary>The reverse of <see cref="SplitInput"/>: to, or added to, a plane of the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void JoinInput<TLanes, T>(T* phases, T* plane, bool accumulate)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        for (int y = 0; y < g.InputHeight; y++)
        {
            int paddedRow = y + g.PadTop;
            T* row = phases + ((nint)(paddedRow % g.StrideHeight * g.StrideWidth) * PhaseArea) + ((nint)(paddedRow / g.StrideHeight) * PhaseWidth);
            if (g.StrideWidth == 1)
            {
                AddRow<TLanes, T>(row + g.PadLeft, plane, g.InputWidth, accumulate);
            }
            else
            {
                for (int first = 0; first < g.StrideWidth; first++)
                {
                    int x = FirstColumn(first);
                    T* source = row + ((nint)first * PhaseArea) + ((x + g.PadLeft) / g.StrideWidth);
                    for (; x < g.InputWidth; x += g.StrideWidth)
                    {
                        plane[x] = accumulate ? plane[x] + *source : *source;
                        source++;
                    }
                }
            }

            plane += g.InputWidth;
        }
    }

    /// <summary>Lays out a plane of the output, zeros beyond its columns and its last row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SpreadOutput<TLanes, T>(T* plane, T* spread)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* row = spread;
        for (int y = 0; y < OutputHeight; y++)
        {
            CopyRow<TLanes, T>(plane, row, OutputWidth);
            Clear<TLanes, T>(row + OutputWidth, PhaseWidth - OutputWidth);
            plane += OutputWidth;
            row += PhaseWidth;
        }

        T* end = spread + PhaseArea;
        Clear<TLanes, T>(row, (int)Math.Max(0, end - row));
    }

    /// <summary>The reverse of <see cref="SpreadOutput"/>: to, or added to, a plane of the output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void GatherOutput<TLanes, T>(T* spread, T* plane, bool accumulate)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int y = 0; y < OutputHeight; y++)
        {
            AddRow<TLanes, T>(spread, plane, OutputWidth, accumulate);
            plane += OutputWidth;
            spread += PhaseWidth;
        }
    }

    // The first column of the input in a phase of columns.
    private int FirstColumn(int phase) => (phase - (_geometry.PadLeft % _geometry.StrideWidth) + _geometry.StrideWidth) % _geometry.StrideWidth;

    // To memory with slack, in ascending order: whole registers, whose rest a later write covers. Reads no more than the row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow<TLanes, T>(T* source, T* target, int length)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(in source[i]), ref target[i]);
        }

        if (i < length)
        {
            TLanes.Store(TLanes.LoadPartial(source + i, length - i, TLanes.Zero), ref target[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear<TLanes, T>(T* target, int length)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < length; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Zero, ref target[i]);
        }
    }

    // From memory with slack; writes no more than the row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<TLanes, T>(T* source, T* target, int length, bool accumulate)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < length; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, length - i);
            var value = TLanes.Load(in source[i]);
            if (count == TLanes.Count)
            {
                TLanes.Store(accumulate ? TLanes.Load(in target[i]) + value : value, ref target[i]);
            }
            else
            {
                TLanes.StorePartial(accumulate ? TLanes.LoadPartial(target + i, count, TLanes.Zero) + value : value, target + i, count);
            }
        }
    }
}
