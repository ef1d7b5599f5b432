namespace Toolkit.Onnx.Operators;

/// <summary>What an n-gram that occurs counts.</summary>
public enum TermWeighting
{
    /// <summary>How often it occurs.</summary>
    Frequency,

    /// <summary>Its weight, however often it occurs.</summary>
    InverseDocumentFrequency,

    /// <summary>How often it occurs, times its weight.</summary>
    FrequencyTimesInverse,
}
