namespace Toolkit.Onnx.Operators;

/// <summary>How <see cref="GridSample"/> computes an element between those of its input.</summary>
public enum SamplingMode
{
    /// <summary>Linear between the neighbours on each axis.</summary>
    Linear,

    /// <summary>The nearest element.</summary>
    Nearest,

    /// <summary>Cubic over four neighbours on each axis, a = -0.75.</summary>
    Cubic,
}
