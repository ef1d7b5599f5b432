namespace Toolkit.Onnx.Operators;

/// <summary>The kernels of support vector machines.</summary>
public enum SvmKernelKind
{
    /// <summary>x · y.</summary>
    Linear,

    /// <summary>(γ · x · y + r)^d.</summary>
    Polynomial,

    /// <summary>e^(-γ · |x - y|²).</summary>
    Rbf,

    /// <summary>tanh(γ · x · y + r).</summary>
    Sigmoid,
}
