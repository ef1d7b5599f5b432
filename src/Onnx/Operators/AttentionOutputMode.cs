namespace Toolkit.Onnx.Operators;

/// <summary>What <see cref="Attention"/> puts out as its scores.</summary>
public enum AttentionOutputMode
{
    /// <summary>scale · Q · Kᵀ.</summary>
    Product,

    /// <summary>The product behind the soft cap.</summary>
    SoftCapped,

    /// <summary>What the softmax gets: the mask is added.</summary>
    Masked,

    /// <summary>The softmax's result.</summary>
    Probabilities,
}
