namespace Toolkit.Onnx.Operators;

/// <summary>How an ensemble makes one number of what its trees say.</summary>
public enum TreeAggregate
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their average.</summary>
    Average,

    /// <summary>The least.</summary>
    Min,

    /// <summary>The greatest.</summary>
    Max,
}
