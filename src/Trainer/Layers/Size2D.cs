namespace Toolkit.Trainer.Layers;

/// <summary>A height and a width in pixels: of a kernel, a window, a stride, an enlargement. Write 3 for 3×3, or (3, 5).</summary>
/// <param name="Height">Along axis 2 of [N, C, H, W].</param>
/// <param name="Width">Along axis 3 of [N, C, H, W].</param>
public readonly record struct Size2D(int Height, int Width)
{
    /// <summary>The same height and width.</summary>
    public static implicit operator Size2D(int size) => new(size, size);

    /// <summary>Height and width.</summary>
    public static implicit operator Size2D((int Height, int Width) size) => new(size.Height, size.Width);

    /// <summary>The same height and width.</summary>
    public static Size2D FromInt32(int size) => size;

    /// <summary>Height and width.</summary>
    public static Size2D FromValueTuple((int Height, int Width) size) => size;

    /// <summary>Throws unless both are at least 1.</summary>
    /// <param name="layer">Who asks.</param>
    /// <param name="name">The argument's name in Keras's words.</param>
    internal Size2D RequirePositive(string layer, string name) => Height >= 1 && Width >= 1
        ? this
        : throw new ArgumentOutOfRangeException(name, $"{layer}: expected {name} of at least 1, got {this}.");

    /// <inheritdoc/>
    public override string ToString() => Height == Width ? $"{Height}" : $"({Height}, {Width})";
}
