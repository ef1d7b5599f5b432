namespace Toolkit.Onnx.Operators;

/// <summary>By what <see cref="Normalizer"/> divides.</summary>
public enum NormKind
{
    /// <summary>The greatest element.</summary>
    Max,

    /// <summary>Σ |x|.</summary>
    L1,

    /// <summary>√Σ x².</summary>
    L2,
}
