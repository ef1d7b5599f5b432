namespace Toolkit.Numerics.Kernels;

/// <summary>The activations that ONNX names for recurrent cells.</summary>
public enum CellActivationKind
{
    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>α · x + β.</summary>
    Affine,

    /// <summary>x where it is above 0, α · x elsewhere.</summary>
    LeakyRelu,

    /// <summary>x where it is above α, 0 elsewhere.</summary>
    ThresholdedRelu,

    /// <summary>α · tanh(β · x).</summary>
    ScaledTanh,

    /// <summary>max(0, min(1, α · x + β)).</summary>
    HardSigmoid,

    /// <summary>x where it is above 0, α · (eˣ - 1) elsewhere.</summary>
    Elu,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>ln(1 + eˣ).</summary>
    Softplus,
}
