namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The sizes of a two-dimensional convolution, ONNX's conventions: x [N, C, H, W], weights [M, C/groups, kH, kW], y [N, M, OH, OW]. A
/// one-dimensional convolution is one of height 1.
/// </summary>
/// <remarks>
/// <c>OH = ⌊(H + padTop + padBottom - ((kH - 1) · dilation + 1)) / stride⌋ + 1</c>, and OW alike. Strides, dilations, kernel sizes and groups
/// are 1 and pads 0 unless set.
/// </remarks>
public readonly record struct ConvolutionGeometry
{
    /// <summary>A geometry with strides, dilations, kernel sizes and groups 1.</summary>
    public ConvolutionGeometry()
    {
    }

    /// <summary>N, the samples.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>C, the channels of x.</summary>
    public int InputChannels { get; init; } = 1;

    /// <summary>H, the rows of x.</summary>
    public int InputHeight { get; init; } = 1;

    /// <summary>W, the columns of x.</summary>
    public int InputWidth { get; init; } = 1;

    /// <summary>M, the channels of y.</summary>
    public int OutputChannels { get; init; } = 1;

    /// <summary>kH, the rows of the kernel.</summary>
    public int KernelHeight { get; init; } = 1;

    /// <summary>kW, the columns of the kernel.</summary>
    public int KernelWidth { get; init; } = 1;

    /// <summary>Rows of x from one row of y to the next.</summary>
    public int StrideHeight { get; init; } = 1;

    /// <summary>Columns of x from one column of y to the next.</summary>
    public int StrideWidth { get; init; } = 1;

    /// <summary>Rows of x from one row of the kernel to the next.</summary>
    public int DilationHeight { get; init; } = 1;

    /// <summary>Columns of x from one column of the kernel to the next.</summary>
    public int DilationWidth { get; init; } = 1;

    /// <summary>Rows of zeros above x.</summary>
    public int PadTop { get; init; }

    /// <summary>Columns of zeros left of x.</summary>
    public int PadLeft { get; init; }

    /// <summary>Rows of zeros below x.</summary>
    public int PadBottom { get; init; }

    /// <summary>Columns of zeros right of x.</summary>
    public int PadRight { get; init; }

    /// <summary>The groups that channels are divided into; channels of one group see no other.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>OH, the rows of y.</summary>
    public int OutputHeight => Extent(InputHeight + PadTop + PadBottom, KernelHeight, StrideHeight, DilationHeight);

    /// <summary>OW, the columns of y.</summary>
    public int OutputWidth => Extent(InputWidth + PadLeft + PadRight, KernelWidth, StrideWidth, DilationWidth);

    /// <summary>C/groups.</summary>
    public int GroupInputChannels => InputChannels / Groups;

    /// <summary>M/groups.</summary>
    public int GroupOutputChannels => OutputChannels / Groups;

    /// <summary>kH · kW.</summary>
    public int KernelArea => KernelHeight * KernelWidth;

    /// <summary>H · W.</summary>
    public int InputArea => InputHeight * InputWidth;

    /// <summary>OH · OW.</summary>
    public int OutputArea => OutputHeight * OutputWidth;

    /// <summary>The elements of x.</summary>
    public int InputLength => checked(Batch * InputChannels * InputArea);

    /// <summary>The elements of the weights.</summary>
    public int WeightLength => checked(OutputChannels * GroupInputChannels * KernelArea);

    /// <summary>The elements of y.</summary>
    public int OutputLength => checked(Batch * OutputChannels * OutputArea);

    /// <summary>Checks that there is such a convolution.</summary>
    /// <exception cref="ArgumentException">A size cannot be, channels do not divide into the groups, the dilated kernel is larger than the padded input, or an
    /// operand has more than 2³¹ - 1 elements.</exception>
    public void Validate()
    {
        AtLeast(Batch, 0, "samples");
        AtLeast(InputChannels, 1, "input channels");
        AtLeast(OutputChannels, 1, "output channels");
        AtLeast(InputHeight, 1, "input rows");
        AtLeast(InputWidth, 1, "input columns");
        AtLeast(KernelHeight, 1, "kernel rows");
        AtLeast(KernelWidth, 1, "kernel columns");
        AtLeast(Math.Min(StrideHeight, StrideWidth), 1, "as stride");
        AtLeast(Math.Min(DilationHeight, DilationWidth), 1, "as dilation");
        AtLeast(Math.Min(Math.Min(PadTop, PadBottom), Math.Min(PadLeft, PadRight)), 0, "as padding");
        AtLeast(Groups, 1, "groups");
        if (InputChannels % Groups != 0 || OutputChannels % Groups != 0)
        {
            throw new ArgumentException($"Convolution: expected channels that divide into {Groups} groups, got {InputChannels} in and {OutputChannels} out; change the groups or the channels.");
        }

        CheckKernel("rows", InputHeight, PadTop, PadBottom, KernelHeight, DilationHeight);
        CheckKernel("columns", InputWidth, PadLeft, PadRight, KernelWidth, DilationWidth);
        CheckLength((long)Batch * InputChannels * InputHeight, InputWidth, "x");
        CheckLength((long)Batch * OutputChannels * OutputHeight, OutputWidth, "y");
        CheckLength((long)OutputChannels * GroupInputChannels * KernelHeight, KernelWidth, "the weights");
    }

    private static int Extent(int padded, int kernel, int stride, int dilation) =>
        padded - (((kernel - 1) * dilation) + 1) is int room and >= 0 && stride > 0 ? (room / stride) + 1 : 0;

    private static void AtLeast(int value, int least, string what)
    {
        if (value < least)
        {
            throw new ArgumentException($"Convolution: expected {least} or more {what}, got {value}.");
        }
    }

    private static void CheckKernel(string axis, int size, int before, int after, int kernel, int dilation)
    {
        if ((long)size + before + after > int.MaxValue)
        {
            throw new ArgumentException($"Convolution: expected at most {int.MaxValue} {axis} of padded input, got {size} and padding {before} and {after}; use less padding.");
        }

        long needed = (((long)kernel - 1) * dilation) + 1;
        if (needed > (long)size + before + after)
        {
            throw new ArgumentException(
                $"Convolution: expected at least {needed} {axis} of padded input for a kernel of {kernel} with dilation {dilation}, "
                + $"got {(long)size + before + after} ({size} and padding {before} and {after}); use a smaller kernel or more padding.");
        }
    }

    private static void CheckLength(long rows, int columns, string what)
    {
        if (rows > int.MaxValue / columns)
        {
            throw new ArgumentException($"Convolution: expected at most {int.MaxValue} elements of {what}, got {rows} times {columns}; use a smaller batch.");
        }
    }
}
