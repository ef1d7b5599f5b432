using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>Images enlarged by whole factors: [N, C, H, W] to [N, C, size.Height · H, size.Width · W].</summary>
public sealed class UpSampling2D : Layer
{
    private readonly ResizeFunction _function;

    /// <summary>Makes the layer; the defaults are Keras's.</summary>
    /// <param name="size">The factors of height and width; 2 by default.</param>
    /// <param name="interpolation"><c>"nearest"</c>, which repeats pixels, or <c>"bilinear"</c>.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample, [C, H, W].</param>
    /// <exception cref="ArgumentException">A factor is below 1, or the interpolation unknown.</exception>
    public UpSampling2D(Size2D? size = null, string interpolation = "nearest", string? name = null, Shape? inputShape = null)
        : base(name, inputShape)
    {
        Size = (size ?? 2).RequirePositive(nameof(UpSampling2D), nameof(size));
        _function = interpolation is "nearest" or "bilinear"
            ? new ResizeFunction(Size.Height, Size.Width, interpolation == "bilinear")
            : throw new ArgumentException($"UpSampling2D: expected interpolation \"nearest\" or \"bilinear\", got '{interpolation}'.", nameof(interpolation));
    }

    /// <summary>The factors of height and width.</summary>
    public Size2D Size { get; }

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(_function, x);
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape) => ImageShape.Require(this, inputShape, 2);
}
