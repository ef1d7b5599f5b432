using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>The mean of each window of a sequence: [N, C, L] to [N, C, L']; Keras's <c>AveragePooling1D</c> with <c>channels_first</c>. Elements of the padding do not count.</summary>
public sealed class AveragePooling1D : PoolingLayer
{
    /// <summary>Makes the layer; the defaults are Keras's.</summary>
    /// <param name="poolSize">The window's length.</param>
    /// <param name="strides">The window's step; its length by default.</param>
    /// <param name="padding"><c>"valid"</c> (the default), <c>"same"</c>, or a number for both ends.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample, [C, L].</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public AveragePooling1D(int poolSize = 2, int? strides = null, Padding padding = default, string? name = null, Shape? inputShape = null)
        : base((1, poolSize), (1, strides ?? poolSize), padding, name, inputShape)
    {
    }

    /// <inheritdoc/>
    private protected override int Axes => 1;

    /// <inheritdoc/>
    private protected override Function FunctionFor(PoolingAxis? vertical, PoolingAxis horizontal) => new AveragePoolFunction(vertical, horizontal);
}
