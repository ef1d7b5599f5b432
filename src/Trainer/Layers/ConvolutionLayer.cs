using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Regularizers;
using Record = Toolkit.Onnx.Operators.Conv;

namespace Toolkit.Trainer.Layers;

/// <summary>What the convolution layers share: the window, its checks against an input, the bias and the activation.</summary>
public abstract class ConvolutionLayer : Layer
{
    private readonly Initializer _kernelInitializer;
    private readonly Initializer _biasInitializer;
    private readonly Regularizer? _kernelRegularizer;
    private readonly Regularizer? _biasRegularizer;
    private Parameter? _kernel;
    private Parameter? _bias;

    private protected ConvolutionLayer(in ConvolutionSettings settings, string? name, Shape? inputShape)
        : base(name, inputShape)
    {
        string layer = GetType().Name;
        KernelSize = settings.KernelSize.RequirePositive(layer, "kernelSize");
        Strides = settings.Strides.RequirePositive(layer, "strides");
        DilationRate = settings.DilationRate.RequirePositive(layer, "dilationRate");
        if (settings.Padding.Mode == PaddingMode.Causal && Axes > 1)
        {
            throw new ArgumentException($"{layer}: expected padding \"valid\", \"same\" or numbers, got \"causal\", which sequences have; use Conv1D.");
        }

        Padding = settings.Padding;
        Activation = settings.Activation ?? Activation.Linear;
        UseBias = settings.UseBias;
        _kernelInitializer = settings.KernelInitializer ?? new GlorotUniform();
        _biasInitializer = settings.BiasInitializer ?? new Zeros();
        _kernelRegularizer = settings.KernelRegularizer;
        _biasRegularizer = settings.BiasRegularizer;
    }

    /// <summary>The window's height and width; a sequence has height 1.</summary>
    public Size2D KernelSize { get; }

    /// <summary>The window's steps.</summary>
    public Size2D Strides { get; }

    /// <summary>The zeros around the input.</summary>
    public Padding Padding { get; }

    /// <summary>The distance between the window's elements.</summary>
    public Size2D DilationRate { get; }

    /// <summary>The activation.</summary>
    public Activation Activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <summary>The spatial axes of the input: 2 for images, 1 for sequences.</summary>
    private protected virtual int Axes => 2;

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        Variable kernel = tape.Parameter(_kernel!);
        Function function = FunctionFor(x.Shape, Activation.Kind ?? default);
        Variable sum = _bias is null ? tape.Apply(function, x, kernel) : tape.Apply(function, x, kernel, tape.Parameter(_bias));
        return Activation.Kind is null ? Activation.Apply(sum) : sum;
    }

    /// <summary>The function for an input [N, C, …].</summary>
    private protected abstract Function FunctionFor(Shape x, ActivationKind activation);

    /// <summary>The kernel's shape for a number of input channels; throws where the channels do not fit.</summary>
    private protected abstract Shape KernelShape(int channels);

    /// <summary>The number of output channels.</summary>
    private protected abstract int OutputChannels(int channels);

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        CheckInput(inputShape);
        _kernel = AddParameter("kernel", KernelShape(inputShape[0]), _kernelInitializer, regularizer: _kernelRegularizer);
        _bias = AddBias(OutputChannels(inputShape[0]));
    }

    private protected Parameter? AddBias(int channels) => UseBias ? AddParameter("bias", [channels], _biasInitializer, regularizer: _biasRegularizer) : null;

    /// <summary>The convolution's attributes for an input [N, C, …].</summary>
    private protected Record AttributesFor(Shape x, int groups)
    {
        Padding pads = Padding.Resolve(SizeOf(x), KernelSize, Strides, DilationRate);
        return new Record(
            KernelShape: List(KernelSize),
            Strides: List(Strides),
            Pads: Axes == 1 ? [pads.Left, pads.Right] : [pads.Top, pads.Left, pads.Bottom, pads.Right],
            Dilations: List(DilationRate),
            Group: groups);
    }

    private protected IntList List(Size2D size) => Axes == 1 ? [size.Width] : [size.Height, size.Width];

    private protected Size2D SizeOf(Shape x) => new(Axes == 1 ? 1 : x[^2], x[^1]);

    /// <summary>Throws unless a sample is [C, H, W], or [C, L], and has room for the window.</summary>
    private protected void CheckInput(Shape sample)
    {
        if (sample.Rank != Axes + 1)
        {
            string expected = Axes == 1 ? "[n,channels,length]" : "[n,channels,height,width]";
            string advice = sample.Rank == Axes ? $" Reshape it to {Batched([1, .. sample.Dimensions])}." : "";
            throw new ArgumentException($"Layer '{Name}': expected input of shape {expected}, got {Batched(sample)}.{advice}", nameof(sample));
        }

        if (!Activation.ActsOnElements)
        {
            throw new ArgumentException($"Layer '{Name}': expected an activation of single elements, got {Activation}, which acts along the last axis: that is the width here, not the channels.");
        }

        CheckWindow(sample);
    }

    /// <summary>Throws unless a sample has room for the window.</summary>
    private protected virtual void CheckWindow(Shape sample)
    {
        Size2D size = SizeOf(sample);
        Padding pads = Padding.Resolve(size, KernelSize, Strides, DilationRate);
        CheckRoom("height", size.Height + pads.Top + pads.Bottom, KernelSize.Height, DilationRate.Height, sample);
        CheckRoom(Axes == 1 ? "length" : "width", size.Width + pads.Left + pads.Right, KernelSize.Width, DilationRate.Width, sample);
    }

    private void CheckRoom(string axis, int room, int kernel, int dilation, Shape sample)
    {
        int needed = ((kernel - 1) * dilation) + 1;
        if (room < needed)
        {
            throw new ArgumentException(
                $"Layer '{Name}': expected a padded {axis} of at least {needed} for a kernel of {kernel} with dilation {dilation}, "
                + $"got {room} (input {Batched(sample)}, padding {Padding}); use a smaller kernel or padding \"same\".");
        }
    }
}
