namespace Toolkit.Numerics.Kernels;

/// <summary>An activation that a GEMM's epilogue can apply while the result is in registers.</summary>
public enum ActivationKind
{
    /// <summary>The identity.</summary>
    None,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>tanh x.</summary>
    Tanh,
}
