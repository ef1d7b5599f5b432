namespace Toolkit.Onnx.Operators;

/// <summary>What becomes of an element of data to which an update goes.</summary>
public enum ScatterReduction
{
    /// <summary>The update replaces it; of several, the last.</summary>
    None,

    /// <summary>The updates are added to it.</summary>
    Add,

    /// <summary>It is multiplied by the updates.</summary>
    Mul,

    /// <summary>The greatest of it and the updates.</summary>
    Max,

    /// <summary>The least of it and the updates.</summary>
    Min,
}
