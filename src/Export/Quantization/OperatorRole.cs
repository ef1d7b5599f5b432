namespace Toolkit.Export.Quantization;

/// <summary>How a node takes part in a quantized graph.</summary>
internal enum OperatorRole
{
    /// <summary>It stays float.</summary>
    None,

    /// <summary>A sum of products: Conv, ConvTranspose, Gemm, MatMul.</summary>
    Weighted,

    /// <summary>Add and Mul.</summary>
    ElementWise,

    /// <summary>Concat: its inputs and its output share their parameters.</summary>
    Join,

    /// <summary>What gives elements of its input unchanged: shape-only operators, MaxPool. Input and outputs share their parameters.</summary>
    Selection,

    /// <summary>A function with its own output range: average pools.</summary>
    Function,

    /// <summary>A function of one element.</summary>
    Activation,
}
