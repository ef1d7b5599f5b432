namespace Toolkit.Onnx.Operators;

/// <summary>What a classic model makes of its scores.</summary>
public enum PostTransform
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The softmax.</summary>
    Softmax,

    /// <summary>The logistic function of each.</summary>
    Logistic,

    /// <summary>The softmax of the scores that are not 0; those stay.</summary>
    SoftmaxZero,

    /// <summary>The inverse of the normal distribution's integral.</summary>
    Probit,
}
