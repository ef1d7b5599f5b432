namespace Toolkit.Onnx.Operators;

/// <summary>What becomes of the letters of a text.</summary>
public enum CaseChange
{
    /// <summary>They stay.</summary>
    None,

    /// <summary>They become small.</summary>
    Lower,

    /// <summary>They become capital.</summary>
    Upper,
}
