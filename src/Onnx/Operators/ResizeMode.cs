namespace Toolkit.Onnx.Operators;

/// <summary>How <see cref="Resize"/> computes an element between those of its input.</summary>
public enum ResizeMode
{
    /// <summary>The nearest element.</summary>
    Nearest,

    /// <summary>Linear between the two neighbours on each axis.</summary>
    Linear,

    /// <summary>Cubic over the four neighbours on each axis.</summary>
    Cubic,
}
