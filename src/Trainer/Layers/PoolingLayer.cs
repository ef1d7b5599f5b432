using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Layers;

/// <summary>What the pooling layers share: the window and its checks against an input.</summary>
public abstract class PoolingLayer : Layer
{
    private protected PoolingLayer(Size2D poolSize, Size2D? strides, Padding padding, string? name, Shape? inputShape)
        : base(name, inputShape)
    {
        string layer = GetType().Name;
        PoolSize = poolSize.RequirePositive(layer, "poolSize");
        Strides = (strides ?? poolSize).RequirePositive(layer, "strides");
        Padding = padding.Mode != PaddingMode.Causal
            ? padding
            : throw new ArgumentException($"{layer}: expected padding \"valid\", \"same\" or numbers, got \"causal\".", nameof(padding));
    }

    /// <summary>The window's height and width; a sequence has height 1.</summary>
    public Size2D PoolSize { get; }

    /// <summary>The window's steps.</summary>
    public Size2D Strides { get; }

    /// <summary>The elements around the input that windows reach into and that do not count.</summary>
    public Padding Padding { get; }

    /// <summary>The spatial axes of the input: 2 for images, 1 for sequences.</summary>
    private protected virtual int Axes => 2;

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        var size = new Size2D(Axes == 1 ? 1 : x.Shape[^2], x.Shape[^1]);
        Padding pads = Padding.Resolve(size, PoolSize, Strides, 1);
        var horizontal = new PoolingAxis(size.Width, PoolSize.Width, Strides.Width, pads.Left, pads.Right);
        PoolingAxis? vertical = Axes == 1 ? null : new PoolingAxis(size.Height, PoolSize.Height, Strides.Height, pads.Top, pads.Bottom);
        return tape.Apply(FunctionFor(vertical, horizontal), x);
    }

    /// <summary>The function for windows; <paramref name="vertical"/> is null for sequences.</summary>
    private protected abstract Function FunctionFor(PoolingAxis? vertical, PoolingAxis horizontal);

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ImageShape.Require(this, inputShape, Axes);
        bool fits = inputShape[^1] + Padding.Left + Padding.Right >= PoolSize.Width && (Axes == 1 || inputShape[^2] + Padding.Top + Padding.Bottom >= PoolSize.Height);
        if (Padding.Mode != PaddingMode.Same && !fits)
        {
            throw new ArgumentException($"Layer '{Name}': a window of {PoolSize} does not fit into an input of {Batched(inputShape)} with padding {Padding}; use a smaller poolSize, or padding: \"same\".", nameof(inputShape));
        }
    }
}
