using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Regularizers;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// A convolution of every channel by itself, Keras's <c>DepthwiseConv2D</c> with <c>channels_first</c>: [N, C, H, W] to [N, C · multiplier, H', W'], kernel
/// [C · multiplier, 1, kH, kW], bias [C · multiplier]; the outputs of channel c follow one another.
/// </summary>
public sealed class DepthwiseConv2D : ConvolutionLayer
{
    private readonly int _depthMultiplier;

    /// <summary>Makes the layer; the defaults are Keras's.</summary>
    /// <param name="kernelSize">The window: 3, or (3, 5).</param>
    /// <param name="strides">The window's steps; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (the default), <c>"same"</c>, or numbers.</param>
    /// <param name="depthMultiplier">The outputs of a channel.</param>
    /// <param name="dilationRate">The distance between the window's elements; 1 by default.</param>
    /// <param name="activation">The activation, or its name in Keras; linear by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">Glorot uniform by default.</param>
    /// <param name="biasInitializer">Zeros by default.</param>
    /// <param name="depthwiseRegularizer">What is added to the loss for the kernel's size, or its name in Keras; nothing by default.</param>
    /// <param name="biasRegularizer">What is added to the loss for the bias's size; nothing by default.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample, [C, H, W].</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public DepthwiseConv2D(
        Size2D kernelSize,
        Size2D? strides = null,
        Padding padding = default,
        int depthMultiplier = 1,
        Size2D? dilationRate = null,
        Activation? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        string? name = null,
        Shape? inputShape = null)
        : base(
            new(
                kernelSize,
                strides ?? 1,
                padding,
                dilationRate ?? 1,
                activation,
                useBias,
                new DepthwiseInitializer(depthwiseInitializer ?? new GlorotUniform(), ConvolutionChannels.CheckMultiplier(nameof(DepthwiseConv2D), depthMultiplier)),
                biasInitializer,
                depthwiseRegularizer,
                biasRegularizer),
            name,
            inputShape) => _depthMultiplier = depthMultiplier;

    /// <summary>The outputs of a channel.</summary>
    public int DepthMultiplier => _depthMultiplier;

    /// <inheritdoc/>
    private protected override Function FunctionFor(Shape x, ActivationKind activation) => new ConvFunction(AttributesFor(x, x[1]), activation);

    /// <inheritdoc/>
    private protected override Shape KernelShape(int channels) => [OutputChannels(channels), 1, KernelSize.Height, KernelSize.Width];

    /// <inheritdoc/>
    private protected override int OutputChannels(int channels) => channels * _depthMultiplier;
}
