namespace Toolkit.Numerics.Kernels;

/// <summary>
/// One axis of a pooling: window o reads the elements o · stride - padBegin + k · dilation for k in [0, kernel), those outside [0, size) left out.
/// </summary>
/// <param name="Size">Elements of the input along the axis.</param>
/// <param name="Kernel">Elements of a window.</param>
/// <param name="Stride">Elements between the beginnings of neighbouring windows.</param>
/// <param name="PadBegin">Elements of padding before the first.</param>
/// <param name="PadEnd">Elements of padding after the last.</param>
/// <param name="Dilation">Elements between neighbouring elements of a window.</param>
/// <param name="CeilMode">Whether a last window may reach beyond the padding (ONNX's <c>ceil_mode</c>); one that would begin in the padding at the end is left out.</param>
public readonly record struct PoolingAxis(int Size, int Kernel, int Stride, int PadBegin = 0, int PadEnd = 0, int Dilation = 1, bool CeilMode = false)
{
    /// <summary>An axis of one element and one window: what a one-dimensional pooling has vertically.</summary>
    public static PoolingAxis One { get; } = new(1, 1, 1);

    /// <summary>Elements from a window's first to its last: (kernel - 1) · dilation + 1.</summary>
    public int Extent => ((Kernel - 1) * Dilation) + 1;

    /// <summary>The number of windows: ⌊(size + pads - extent) / stride⌋ + 1, rounded up in <see cref="CeilMode"/>.</summary>
    public int OutputSize
    {
        get
        {
            int room = Size + PadBegin + PadEnd - Extent;
            if (!CeilMode || room <= 0)
            {
                return room < 0 ? 0 : (room / Stride) + 1;
            }

            int windows = ((room + Stride - 1) / Stride) + 1;
            return (windows - 1) * Stride >= Size + PadBegin ? windows - 1 : windows;
        }
    }

    /// <summary>
    /// Padding such that there are ⌈size / stride⌉ windows, half of it at each end and the odd element at the end: Keras's <c>same</c>,
    /// ONNX's <c>SAME_UPPER</c>.
    /// </summary>
    public static PoolingAxis Same(int size, int kernel, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        int windows = (size + stride - 1) / stride;
        int padding = Math.Max(((windows - 1) * stride) + kernel - size, 0);
        return new PoolingAxis(size, kernel, stride, padding / 2, padding - (padding / 2));
    }

    /// <summary>The first k whose element of window <paramref name="output"/> is inside, and the end of those that are.</summary>
    internal (int Begin, int End) Taps(int output)
    {
        int start = (output * Stride) - PadBegin;
        int begin = start >= 0 ? 0 : (-start + Dilation - 1) / Dilation;
        int end = start >= Size ? 0 : Math.Min(Kernel, ((Size - start - 1) / Dilation) + 1);
        return (begin, Math.Max(begin, end));
    }

    /// <summary>How many elements of window <paramref name="output"/> lie within input and padding: less than the kernel only in <see cref="CeilMode"/>.</summary>
    internal int PaddedTaps(int output)
    {
        int start = output * Stride;
        int room = Size + PadBegin + PadEnd - start;
        return Math.Clamp((room + Dilation - 1) / Dilation, 0, Kernel);
    }

    /// <summary>Throws unless the numbers make sense; <paramref name="axis"/> is for the message.</summary>
    internal void Validate(string axis)
    {
        if (Size < 1 || Kernel < 1 || Stride < 1 || Dilation < 1 || PadBegin < 0 || PadEnd < 0)
        {
            throw new ArgumentException($"Pooling: expected size, kernel, stride and dilation of at least 1 and pads of at least 0 along the {axis} axis, got {this}.");
        }

        if (PadBegin >= Extent || PadEnd >= Extent)
        {
            throw new ArgumentException($"Pooling: expected pads smaller than the window's extent of {Extent} along the {axis} axis, got {PadBegin} and {PadEnd}; a window of padding alone has no value.");
        }

        if (OutputSize < 1)
        {
            throw new ArgumentException($"Pooling: a window of {Extent} does not fit into {Size} elements and {PadBegin} + {PadEnd} of padding along the {axis} axis; use a smaller window or padding.");
        }
    }
}
