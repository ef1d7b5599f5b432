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

    /// <summary>min(6, max(0, x)). For inference: it has no gradient here.</summary>
    Relu6,

    /// <summary>x · max(0, min(1, x / 6 + 0.5)). For inference: it has no gradient here.</summary>
    HardSwish,

    /// <summary>x / (1 + e⁻ˣ). For inference: it has no gradient here.</summary>
    Silu,
}
