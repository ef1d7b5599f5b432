using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>The mean of each window of each channel: [N, C, H, W] to [N, C, H', W']. Elements of the padding do not count.</summary>
public sealed class AveragePooling2D : PoolingLayer
{
    /// <summary>Makes the layer; the defaults are Keras's.</summary>
    /// <param name="poolSize">The window's height and width; 2 by default.</param>
    /// <param name="strides">The window's steps; its height and width by default.</param>
    /// <param name="padding"><c>"valid"</c> (the default), <c>"same"</c>, or numbers.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample, [C, H, W].</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public AveragePooling2D(Size2D? poolSize = null, Size2D? strides = null, Padding padding = default, string? name = null, Shape? inputShape = null)
        : base(poolSize ?? 2, strides, padding, name, inputShape)
    {
    }

    /// <inheritdoc/>
    private protected override Function FunctionFor(PoolingAxis? vertical, PoolingAxis horizontal) => new AveragePoolFunction(vertical, horizontal);
}
