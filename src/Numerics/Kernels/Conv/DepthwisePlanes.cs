using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// How a plane is laid out for a depthwise convolution: with its padding, and split by the strides, so that what a kernel element meets at consecutive output
/// positions lies consecutively. Phase (i, j) of the split holds the padded rows i, i + stride, … and columns j, j + stride, …: <c>out[r,c] = Σ w[k,l] · phase[r + …, c + …]</c>.
/// Memory is cleared once and then serves many planes, because the padding is never written.
/// </summary>
internal readonly unsafe struct DepthwisePlanes
{
    private readonly ConvolutionGeometry _geometry;

    // The elements of a register.
    private const int Unit = 16;

    /// <summary>Lays planes out for a geometry.</summary>
    public DepthwisePlanes(in ConvolutionGeometry geometry)
    {
        _geometry = geometry;
        OutputWidth = geometry.OutputWidth;
        OutputHeight = geometry.OutputHeight;
        int height = geometry.InputHeight + geometry.PadTop + geometry.PadBottom;
        int width = geometry.InputWidth + geometry.PadLeft + geometry.PadRight;
        PhaseHeight = (height + geometry.StrideHeight - 1) / geometry.StrideHeight;
        PhaseColumns = (width + geometry.StrideWidth - 1) / geometry.StrideWidth;
        PhaseWidth = (PhaseColumns + Unit - 1) / Unit * Unit;
        PhaseLength = (PhaseHeight * PhaseWidth) + Slack;
        Origin = geometry.StrideWidth == 1 ? (Unit - (geometry.PadLeft % Unit)) % Unit : 0;
        Margin = ((((geometry.KernelHeight - 1) * geometry.DilationHeight) / geometry.StrideHeight) * PhaseWidth)
            + (((geometry.KernelWidth - 1) * geometry.DilationWidth) / geometry.StrideWidth);
    }

    /// <summary>Elements beyond the last of a plane that may be read and written: copies are whole registers.</summary>
    public static int Slack => 32;

    /// <summary>The rows of a phase.</summary>
    public int PhaseHeight { get; }

    /// <summary>The columns of a phase.</summary>
    public int PhaseColumns { get; }

    /// <summary>The elements from one row of a phase to the next: whole registers, so that rows lie alike in them.</summary>
    public int PhaseWidth { get; }

    /// <summary>Where the first phase begins in its memory: such that the elements of a row that are not padding begin at a register.</summary>
    public int Origin { get; }

    /// <summary>The elements from one phase to the next.</summary>
    public int PhaseLength { get; }

    /// <summary>The rows of the output.</summary>
    public int OutputHeight { get; }

    /// <summary>The columns of the output.</summary>
    public int OutputWidth { get; }

    /// <summary>The greatest offset of a kernel element.</summary>
    public int Margin { get; }

    /// <summary>The phases.</summary>
    public int Phases => _geometry.StrideHeight * _geometry.StrideWidth;

    /// <summary>The elements of a plane's phases.</summary>
    public int InputLength => (Phases * PhaseLength) + Origin;

    /// <summary>Whether a kernel of three by three moves by single positions, for which there are loops that keep it in registers.</summary>
    public bool IsThreeByThree => _geometry is { KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1 };

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

    /// <summary>Where every kernel element meets the first output position, from the first phase on.</summary>
    public void InputOffsets(int* offsets)
    {
        int taps = _geometry.KernelArea;
        int* both = stackalloc int[2 * taps];
        Offsets(both);
        for (int tap = 0; tap < taps; tap++)
        {
            offsets[tap] = (both[tap] * PhaseLength) + both[taps + tap];
        }
    }

    /// <summary>Lays out a plane of the input, all its phases, in memory that was cleared before the first. Rows are whole registers: what a row has too much are zeros, over padding and over the rows that follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SplitInput<TLanes, T>(T* plane, T* phases)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        int width = g.InputWidth;
        int strideHeight = g.StrideHeight;
        int stride = g.StrideWidth;
        int phaseRow = g.PadTop % strideHeight;
        T* row = phases + ((nint)(phaseRow * stride) * PhaseLength) + ((nint)(g.PadTop / strideHeight) * PhaseWidth);
        for (int y = 0; y < g.InputHeight; y++)
        {
            if (stride == 1)
            {
                DepthwiseRows.Copy<TLanes, T>(plane, row + g.PadLeft, width);
            }
            else if (stride == 2)
            {
                T* even = row + ((nint)(g.PadLeft & 1) * PhaseLength) + (g.PadLeft / 2);
                T* odd = row + ((nint)((g.PadLeft + 1) & 1) * PhaseLength) + ((g.PadLeft + 1) / 2);
                DepthwiseRows.Split<TLanes, T>(plane, even, odd, width);
            }
            else
            {
                for (int x = 0; x < width; x++)
                {
                    row[((nint)((x + g.PadLeft) % stride) * PhaseLength) + ((x + g.PadLeft) / stride)] = plane[x];
                }
            }

            plane += width;
            row += (nint)stride * PhaseLength;
            if (++phaseRow == strideHeight)
            {
                phaseRow = 0;
                row -= ((nint)strideHeight * stride * PhaseLength) - PhaseWidth;
            }
        }
    }

    /// <summary>The reverse of <see cref="SplitInput"/>: to, or added to, a plane of the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void JoinInput<TLanes, T>(T* phases, T* plane, bool accumulate)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        int stride = g.StrideWidth;
        for (int y = 0; y < g.InputHeight; y++)
        {
            int paddedRow = y + g.PadTop;
            T* row = phases + ((nint)(paddedRow % g.StrideHeight * stride) * PhaseLength) + ((nint)(paddedRow / g.StrideHeight) * PhaseWidth);
            if (stride == 1)
            {
                DepthwiseRows.Add<TLanes, T>(row + g.PadLeft, plane, g.InputWidth, accumulate);
            }
            else if (stride == 2)
            {
                T* even = row + ((nint)(g.PadLeft & 1) * PhaseLength) + (g.PadLeft / 2);
                T* odd = row + ((nint)((g.PadLeft + 1) & 1) * PhaseLength) + ((g.PadLeft + 1) / 2);
                DepthwiseRows.Join<TLanes, T>(even, odd, plane, g.InputWidth, accumulate);
            }
            else
            {
                for (int x = 0; x < g.InputWidth; x++)
                {
                    T value = row[((nint)((x + g.PadLeft) % stride) * PhaseLength) + ((x + g.PadLeft) / stride)];
                    plane[x] = accumulate ? plane[x] + value : value;
                }
            }

            plane += g.InputWidth;
        }
    }

    /// <summary>Lays out a plane of the output with the rows of a phase, in memory that was cleared before the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SpreadOutput<TLanes, T>(T* plane, T* spread)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int y = 0; y < OutputHeight; y++)
        {
            DepthwiseRows.Copy<TLanes, T>(plane, spread, OutputWidth);
            plane += OutputWidth;
            spread += PhaseWidth;
        }
    }
}
