using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Regularizers;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// A convolution over sequences, Keras's <c>Conv1D</c> with <c>channels_first</c>: [N, C, L] to [N, filters, L'], y = activation(x ∗ kernel + bias),
/// kernel [filters, C/groups, k], bias [filters].
/// </summary>
public sealed class Conv1D : ConvolutionLayer
{
    private readonly int _filters;
    private readonly int _groups;

    /// <summary>Makes the layer; the defaults are Keras's.</summary>
    /// <param name="filters">The number of output channels.</param>
    /// <param name="kernelSize">The window's length.</param>
    /// <param name="strides">The window's step.</param>
    /// <param name="padding"><c>"valid"</c> (the default), <c>"same"</c>, <c>"causal"</c>, or a number for both ends.</param>
    /// <param name="dilationRate">The distance between the window's elements.</param>
    /// <param name="groups">The groups that channels are divided into.</param>
    /// <param name="activation">The activation, or its name in Keras; linear by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">Glorot uniform by default.</param>
    /// <param name="biasInitializer">Zeros by default.</param>
    /// <param name="kernelRegularizer">What is added to the loss for the kernel's size, or its name in Keras; nothing by default.</param>
    /// <param name="biasRegularizer">What is added to the loss for the bias's size; nothing by default.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample, [C, L].</param>
    /// <exception cref="ArgumentException">A number is out of range, or the groups do not divide the filters.</exception>
    public Conv1D(
        int filters,
        int kernelSize,
        int strides = 1,
        Padding padding = default,
        int dilationRate = 1,
        int groups = 1,
        Activation? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        string? name = null,
        Shape? inputShape = null)
        : base(new((1, kernelSize), (1, strides), padding, (1, dilationRate), activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer), name, inputShape)
    {
        _filters = ConvolutionChannels.CheckFilters(nameof(Conv1D), filters, groups);
        _groups = groups;
    }

    /// <summary>The number of output channels.</summary>
    public int Filters => _filters;

    /// <summary>The groups that channels are divided into.</summary>
    public int Groups => _groups;

    /// <inheritdoc/>
    private protected override int Axes => 1;

    /// <inheritdoc/>
    private protected override Function FunctionFor(Shape x, ActivationKind activation) => new ConvFunction(AttributesFor(x, _groups), activation);

    /// <inheritdoc/>
    private protected override Shape KernelShape(int channels) => [_filters, ConvolutionChannels.PerGroup(Name, channels, _groups), KernelSize.Width];

    /// <inheritdoc/>
    private protected override int OutputChannels(int channels) => _filters;
}
