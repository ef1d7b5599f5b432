namespace Toolkit.Onnx.Operators;

/// <summary>How <see cref="LinearAttention"/> writes to its state.</summary>
public enum LinearAttentionRule
{
    /// <summary>The state forgets, and what it says of the key already is not written again.</summary>
    GatedDelta,

    /// <summary>Everything is added.</summary>
    Linear,

    /// <summary>The state forgets.</summary>
    Gated,

    /// <summary>What the state says of the key already is not written again.</summary>
    Delta,
}
