namespace Toolkit.Onnx.Operators;

/// <summary>What becomes of the losses of all places.</summary>
public enum LossReduction
{
    /// <summary>They stay.</summary>
    None,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their sum, divided by the sum of the weights that they have.</summary>
    Mean,
}
