using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Regularizers;
using Record = Toolkit.Onnx.Operators.ConvTranspose;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// A transposed convolution, which enlarges by its strides, Keras's <c>Conv2DTranspose</c> with <c>channels_first</c>: [N, C, H, W] to [N, filters, H', W'],
/// kernel [C, filters, kH, kW], bias [filters].
/// </summary>
/// <remarks>
/// With the dilated kernel d = (kH - 1) · dilation + 1, H' is H · stride + max(d - stride, 0) for <c>valid</c> and H · stride for <c>same</c>; with an output
/// padding it is (H - 1) · stride + d + outputPadding for <c>valid</c> and (H - 1) · stride + d mod 2 + outputPadding for <c>same</c>. What <c>same</c> cuts
/// is halved, the odd one at the end. W' alike.
/// </remarks>
public sealed class Conv2DTranspose : ConvolutionLayer
{
    private readonly int _filters;
    private readonly Size2D? _outputPadding;

    /// <summary>Makes the layer; the defaults are Keras's.</summary>
    /// <param name="filters">The number of output channels.</param>
    /// <param name="kernelSize">The window: 3, or (3, 5).</param>
    /// <param name="strides">The enlargement; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (the default), <c>"same"</c>, or the numbers that are cut from the output's edges.</param>
    /// <param name="outputPadding">What is added at the output's end, less than the stride; by Keras's rule if null.</param>
    /// <param name="dilationRate">The distance between the window's elements; 1 by default.</param>
    /// <param name="activation">The activation, or its name in Keras; linear by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">Glorot uniform by default.</param>
    /// <param name="biasInitializer">Zeros by default.</param>
    /// <param name="kernelRegularizer">What is added to the loss for the kernel's size, or its name in Keras; nothing by default.</param>
    /// <param name="biasRegularizer">What is added to the loss for the bias's size; nothing by default.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample, [C, H, W].</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public Conv2DTranspose(
        int filters,
        Size2D kernelSize,
        Size2D? strides = null,
        Padding padding = default,
        Size2D? outputPadding = null,
        Size2D? dilationRate = null,
        Activation? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        string? name = null,
        Shape? inputShape = null)
        : base(new(kernelSize, strides ?? 1, padding, dilationRate ?? 1, activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer), name, inputShape)
    {
        _filters = ConvolutionChannels.CheckFilters(nameof(Conv2DTranspose), filters, 1);
        if (outputPadding is { } added && (added.Height < 0 || added.Width < 0 || added.Height >= Strides.Height || added.Width >= Strides.Width))
        {
            throw new ArgumentOutOfRangeException(nameof(outputPadding), $"Conv2DTranspose: expected an output padding from 0 to less than the strides {Strides}, got {added}.");
        }

        _outputPadding = outputPadding;
    }

    /// <summary>The number of output channels.</summary>
    public int Filters => _filters;

    /// <inheritdoc/>
    protected override string DefaultName => "conv2d_transpose";

    private Axis Rows => AxisOf(KernelSize.Height, Strides.Height, DilationRate.Height, Padding.Top, Padding.Bottom, _outputPadding?.Height);

    private Axis Columns => AxisOf(KernelSize.Width, Strides.Width, DilationRate.Width, Padding.Left, Padding.Right, _outputPadding?.Width);

    /// <inheritdoc/>
    private protected override Function FunctionFor(Shape x, ActivationKind activation)
    {
        Axis rows = Rows;
        Axis columns = Columns;
        var attributes = new Record(
            KernelShape: List(KernelSize),
            Strides: List(Strides),
            Pads: [rows.Before, columns.Before, rows.After, columns.After],
            Dilations: List(DilationRate),
            Group: 1,
            OutputPadding: [rows.Added, columns.Added]);
        return new ConvTransposeFunction(attributes, activation);
    }

    /// <inheritdoc/>
    private protected override Shape KernelShape(int channels) => [channels, _filters, KernelSize.Height, KernelSize.Width];

    /// <inheritdoc/>
    private protected override int OutputChannels(int channels) => _filters;

    /// <inheritdoc/>
    private protected override void CheckWindow(Shape sample)
    {
        CheckOutput("height", sample, sample[1], Rows, KernelSize.Height, Strides.Height, DilationRate.Height);
        CheckOutput("width", sample, sample[2], Columns, KernelSize.Width, Strides.Width, DilationRate.Width);
    }

    private void CheckOutput(string axis, Shape sample, int input, Axis pads, int kernel, int stride, int dilation)
    {
        int size = ((input - 1) * stride) + ((kernel - 1) * dilation) + 1 + pads.Added - pads.Before - pads.After;
        if (size < 1)
        {
            throw new ArgumentException($"Layer '{Name}': expected padding that leaves something of the output's {axis}, got {Padding} for input {Batched(sample)}, which leaves {size}.");
        }
    }

    // What is cut and added along an axis, by Keras's rules; "same" cuts the odd one at the end.
    private Axis AxisOf(int kernel, int stride, int dilation, int before, int after, int? added)
    {
        int extent = ((kernel - 1) * dilation) + 1;
        if (Padding.Mode != PaddingMode.Same)
        {
            // "valid" is H · stride + max(extent - stride, 0): where the stride is larger than the kernel, zeros fill its step.
            return new(before, after, added ?? (Padding.Mode == PaddingMode.Valid ? Math.Max(stride - extent, 0) : 0));
        }

        int cut = extent - (added is { } given ? (extent % 2) + given : stride);
        return new(Math.Max(cut, 0) / 2, Math.Max(cut, 0) - (Math.Max(cut, 0) / 2), Math.Max(-cut, 0));
    }

    private readonly record struct Axis(int Before, int After, int Added);
}
