namespace Toolkit.Onnx.Operators;

/// <summary>How a window operator pads where that follows from the size of its input, which the model leaves open.</summary>
public enum AutoPad
{
    /// <summary>By its pads.</summary>
    None,

    /// <summary>So that the output has ⌈size / stride⌉ elements on each axis; the odd element of padding is at the end.</summary>
    SameUpper,

    /// <summary>So that the output has ⌈size / stride⌉ elements on each axis; the odd element of padding is at the begin.</summary>
    SameLower,
}
