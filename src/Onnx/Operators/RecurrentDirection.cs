namespace Toolkit.Onnx.Operators;

/// <summary>The order in which a recurrent layer takes its steps.</summary>
public enum RecurrentDirection
{
    /// <summary>From the first to the last.</summary>
    Forward,

    /// <summary>From the last to the first.</summary>
    Reverse,

    /// <summary>Both, each with its own weights.</summary>
    Bidirectional,
}
