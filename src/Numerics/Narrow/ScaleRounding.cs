namespace Toolkit.Numerics;

/// <summary>How a number between two powers of two becomes one (ONNX <c>round_mode</c>).</summary>
public enum ScaleRounding
{
    /// <summary>The greater power.</summary>
    Up,

    /// <summary>The lesser power.</summary>
    Down,

    /// <summary>The nearer power; from the middle, the greater.</summary>
    Nearest,
}
