namespace Toolkit.Onnx.Operators;

/// <summary>Where the elements that <see cref="Pad"/> adds come from.</summary>
public enum PadMode
{
    /// <summary>A constant.</summary>
    Constant,

    /// <summary>The data mirrored at its outermost elements, which are not repeated.</summary>
    Reflect,

    /// <summary>The outermost element, repeated.</summary>
    Edge,

    /// <summary>The data from its other end, as on a ring (opset 19).</summary>
    Wrap,
}
