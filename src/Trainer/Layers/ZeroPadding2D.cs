using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>Zeros around images: [N, C, H, W] to [N, C, top + H + bottom, left + W + right].</summary>
public sealed class ZeroPadding2D : Layer
{
    /// <summary>Makes the layer; the default is Keras's.</summary>
    /// <param name="padding">A number for every edge, or (top, left, bottom, right); 1 by default.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample, [C, H, W].</param>
    /// <exception cref="ArgumentException">The padding has a name in place of numbers.</exception>
    public ZeroPadding2D(Padding? padding = null, string? name = null, Shape? inputShape = null)
        : base(name, inputShape)
    {
        Padding = padding ?? 1;
        if (Padding.Mode != PaddingMode.Explicit)
        {
            throw new ArgumentException($"ZeroPadding2D: expected a number for every edge, or (top, left, bottom, right), got \"{Padding}\".", nameof(padding));
        }
    }

    /// <summary>Makes the layer from Keras's pairs, ((top, bottom), (left, right)).</summary>
    /// <param name="vertical">Rows above and below.</param>
    /// <param name="horizontal">Columns to the left and to the right.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample, [C, H, W].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public ZeroPadding2D((int Top, int Bottom) vertical, (int Left, int Right) horizontal, string? name = null, Shape? inputShape = null)
        : this(Padding.Explicit(vertical.Top, horizontal.Left, vertical.Bottom, horizontal.Right), name, inputShape)
    {
    }

    /// <summary>The zeros at every edge.</summary>
    public Padding Padding { get; }

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(new PadFunction([0, 0, Padding.Top, Padding.Left], [0, 0, Padding.Bottom, Padding.Right]), x);
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape) => ImageShape.Require(this, inputShape, 2);
}
