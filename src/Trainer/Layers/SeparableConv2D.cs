using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Regularizers;
using Record = Toolkit.Onnx.Operators.Conv;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// A depthwise convolution and then a 1×1 convolution that mixes its channels, Keras's <c>SeparableConv2D</c> with <c>channels_first</c>: [N, C, H, W] to
/// [N, filters, H', W'], depthwise kernel [C · multiplier, 1, kH, kW], pointwise kernel [filters, C · multiplier, 1, 1], bias [filters]. Nothing
/// is between the two: bias and activation come after the second.
/// </summary>
public sealed class SeparableConv2D : ConvolutionLayer
{
    private static readonly Record Pointwise = new(KernelShape: [1, 1], Strides: [1, 1], Pads: [0, 0, 0, 0], Dilations: [1, 1], Group: 1);

    private readonly Initializer _depthwiseInitializer;
    private readonly Initializer _pointwiseInitializer;
    private readonly Regularizer? _depthwiseRegularizer;
    private readonly Regularizer? _pointwiseRegularizer;
    private readonly int _depthMultiplier;
    private readonly int _filters;
    private Parameter? _depthwise;
    private Parameter? _pointwise;
    private Parameter? _bias;

    /// <summary>Makes the layer; the defaults are Keras's.</summary>
    /// <param name="filters">The number of output channels.</param>
    /// <param name="kernelSize">The depthwise window: 3, or (3, 5).</param>
    /// <param name="strides">The window's steps; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (the default), <c>"same"</c>, or numbers.</param>
    /// <param name="dilationRate">The distance between the window's elements; 1 by default.</param>
    /// <param name="depthMultiplier">The depthwise outputs of a channel.</param>
    /// <param name="activation">The activation, or its name in Keras; linear by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">Glorot uniform by default.</param>
    /// <param name="pointwiseInitializer">Glorot uniform by default.</param>
    /// <param name="biasInitializer">Zeros by default.</param>
    /// <param name="depthwiseRegularizer">What is added to the loss for the depthwise kernel's size, or its name in Keras; nothing by default.</param>
    /// <param name="pointwiseRegularizer">What is added to the loss for the pointwise kernel's size; nothing by default.</param>
    /// <param name="biasRegularizer">What is added to the loss for the bias's size; nothing by default.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample, [C, H, W].</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public SeparableConv2D(
        int filters,
        Size2D kernelSize,
        Size2D? strides = null,
        Padding padding = default,
        Size2D? dilationRate = null,
        int depthMultiplier = 1,
        Activation? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? pointwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? pointwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        string? name = null,
        Shape? inputShape = null)
        : base(new(kernelSize, strides ?? 1, padding, dilationRate ?? 1, activation, useBias, null, biasInitializer, null, biasRegularizer), name, inputShape)
    {
        _filters = ConvolutionChannels.CheckFilters(nameof(SeparableConv2D), filters, 1);
        _depthMultiplier = ConvolutionChannels.CheckMultiplier(nameof(SeparableConv2D), depthMultiplier);
        _depthwiseInitializer = new DepthwiseInitializer(depthwiseInitializer ?? new GlorotUniform(), depthMultiplier);
        _pointwiseInitializer = pointwiseInitializer ?? new GlorotUniform();
        _depthwiseRegularizer = depthwiseRegularizer;
        _pointwiseRegularizer = pointwiseRegularizer;
    }

    /// <summary>The number of output channels.</summary>
    public int Filters => _filters;

    /// <summary>The depthwise outputs of a channel.</summary>
    public int DepthMultiplier => _depthMultiplier;

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        Variable middle = tape.Apply(new ConvFunction(AttributesFor(x.Shape, x.Shape[1])), x, tape.Parameter(_depthwise!));
        Variable kernel = tape.Parameter(_pointwise!);
        Function function = FunctionFor(middle.Shape, Activation.Kind ?? default);
        Variable sum = _bias is null ? tape.Apply(function, middle, kernel) : tape.Apply(function, middle, kernel, tape.Parameter(_bias));
        return Activation.Kind is null ? Activation.Apply(sum) : sum;
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        CheckInput(inputShape);
        _depthwise = AddParameter("depthwise_kernel", [inputShape[0] * _depthMultiplier, 1, KernelSize.Height, KernelSize.Width], _depthwiseInitializer, regularizer: _depthwiseRegularizer);
        _pointwise = AddParameter("pointwise_kernel", KernelShape(inputShape[0]), _pointwiseInitializer, regularizer: _pointwiseRegularizer);
        _bias = AddBias(_filters);
    }

    /// <inheritdoc/>
    private protected override Function FunctionFor(Shape x, ActivationKind activation) => new ConvFunction(Pointwise, activation);

    /// <inheritdoc/>
    private protected override Shape KernelShape(int channels) => [_filters, channels * _depthMultiplier, 1, 1];

    /// <inheritdoc/>
    private protected override int OutputChannels(int channels) => _filters;
}
