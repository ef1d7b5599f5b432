namespace Toolkit.Trainer.Layers;

/// <summary>
/// The zeros around a layer's input. Keras's names convert to it, <c>padding: "same"</c>, and so do numbers: 1 for one at every edge, or
/// (top, left, bottom, right).
/// </summary>
/// <param name="Mode">How they are chosen; the numbers count where it is explicit.</param>
/// <param name="Top">Rows above.</param>
/// <param name="Left">Columns to the left.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Right">Columns to the right.</param>
public readonly record struct Padding(PaddingMode Mode, int Top = 0, int Left = 0, int Bottom = 0, int Right = 0)
{
    /// <summary>No zeros.</summary>
    public static Padding Valid => default;

    /// <summary>An output of ⌈input / stride⌉; where the number of zeros is odd, the odd one is at the end, as in Keras.</summary>
    public static Padding Same => new(PaddingMode.Same);

    /// <summary>All before the sequence; one-dimensional layers only.</summary>
    public static Padding Causal => new(PaddingMode.Causal);

    /// <summary>A number for each edge.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public static Padding Explicit(int top, int left, int bottom, int right) =>
        Math.Min(Math.Min(top, left), Math.Min(bottom, right)) >= 0
            ? new(PaddingMode.Explicit, top, left, bottom, right)
            : throw new ArgumentOutOfRangeException(nameof(top), $"Padding: expected 0 or more at every edge, got ({top}, {left}, {bottom}, {right}).");

    /// <summary>The padding of a name in Keras.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Padding FromName(string name) => name switch
    {
        "valid" => Valid,
        "same" => Same,
        "causal" => Causal,
        _ => throw new ArgumentException($"Padding: expected \"valid\", \"same\" or \"causal\", or numbers, got '{name}'.", nameof(name)),
    };

    /// <inheritdoc cref="FromName"/>
    public static implicit operator Padding(string name) => FromName(name);

    /// <summary>The same number at every edge.</summary>
    public static implicit operator Padding(int size) => FromInt32(size);

    /// <summary>A number for each edge.</summary>
    public static implicit operator Padding((int Top, int Left, int Bottom, int Right) edges) => FromValueTuple(edges);

    /// <summary>The same number at every edge.</summary>
    public static Padding FromInt32(int size) => Explicit(size, size, size, size);

    /// <summary>A number for each edge.</summary>
    public static Padding FromValueTuple((int Top, int Left, int Bottom, int Right) edges) => Explicit(edges.Top, edges.Left, edges.Bottom, edges.Right);

    /// <summary>The zeros at every edge of an input, by Keras's rules.</summary>
    /// <param name="input">The input's size.</param>
    /// <param name="kernel">The window's.</param>
    /// <param name="strides">Its steps.</param>
    /// <param name="dilation">The distance between its elements.</param>
    /// <returns>An explicit padding.</returns>
    public Padding Resolve(Size2D input, Size2D kernel, Size2D strides, Size2D dilation)
    {
        if (Mode is PaddingMode.Valid or PaddingMode.Explicit)
        {
            return this with { Mode = PaddingMode.Explicit };
        }

        int rows = ((kernel.Height - 1) * dilation.Height) + 1;
        int columns = ((kernel.Width - 1) * dilation.Width) + 1;
        if (Mode == PaddingMode.Causal)
        {
            return Explicit(rows - 1, columns - 1, 0, 0);
        }

        int vertical = Total(input.Height, rows, strides.Height);
        int horizontal = Total(input.Width, columns, strides.Width);
        return Explicit(vertical / 2, horizontal / 2, vertical - (vertical / 2), horizontal - (horizontal / 2));
    }

    /// <inheritdoc/>
    public override string ToString() => Mode switch
    {
        PaddingMode.Valid => "valid",
        PaddingMode.Same => "same",
        PaddingMode.Causal => "causal",
        _ => $"({Top}, {Left}, {Bottom}, {Right})",
    };

    private static int Total(int input, int extent, int stride)
    {
        int output = (input + stride - 1) / stride;
        return Math.Max(0, ((output - 1) * stride) + extent - input);
    }
}
