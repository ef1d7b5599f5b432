using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Regularizers;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// A convolution over images, Keras's <c>Conv2D</c> with <c>channels_first</c>: [N, C, H, W] to [N, filters, H', W'], y = activation(x ∗ kernel + bias),
/// kernel [filters, C/groups, kH, kW], bias [filters].
/// </summary>
/// <remarks>H' is ⌊(H - ((kH - 1) · dilation + 1)) / stride⌋ + 1 for <c>valid</c> and ⌈H / stride⌉ for <c>same</c>; W' alike.</remarks>
public sealed class Conv2D : ConvolutionLayer
{
    private readonly int _filters;
    private readonly int _groups;

    /// <summary>Makes the layer; the defaults are Keras's.</summary>
    /// <param name="filters">The number of output channels.</param>
    /// <param name="kernelSize">The window: 3, or (3, 5).</param>
    /// <param name="strides">The window's steps; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (the default), <c>"same"</c>, or numbers.</param>
    /// <param name="dilationRate">The distance between the window's elements; 1 by default.</param>
    /// <param name="groups">The groups that channels are divided into.</param>
    /// <param name="activation">The activation, or its name in Keras; linear by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">Glorot uniform by default.</param>
    /// <param name="biasInitializer">Zeros by default.</param>
    /// <param name="kernelRegularizer">What is added to the loss for the kernel's size, or its name in Keras; nothing by default.</param>
    /// <param name="biasRegularizer">What is added to the loss for the bias's size; nothing by default.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample, [C, H, W].</param>
    /// <exception cref="ArgumentException">A number is out of range, or the groups do not divide the filters.</exception>
    public Conv2D(
        int filters,
        Size2D kernelSize,
        Size2D? strides = null,
        Padding padding = default,
        Size2D? dilationRate = null,
        int groups = 1,
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
        _filters = ConvolutionChannels.CheckFilters(nameof(Conv2D), filters, groups);
        _groups = groups;
    }

    /// <summary>The number of output channels.</summary>
    public int Filters => _filters;

    /// <summary>The groups that channels are divided into.</summary>
    public int Groups => _groups;

    /// <inheritdoc/>
    private protected override Function FunctionFor(Shape x, ActivationKind activation) => new ConvFunction(AttributesFor(x, _groups), activation);

    /// <inheritdoc/>
    private protected override Shape KernelShape(int channels) =>
        [_filters, ConvolutionChannels.PerGroup(Name, channels, _groups), KernelSize.Height, KernelSize.Width];

    /// <inheritdoc/>
    private protected override int OutputChannels(int channels) => _filters;
}
