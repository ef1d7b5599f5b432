namespace Toolkit.Onnx.Operators;

/// <summary>What <see cref="GridSample"/> takes for elements outside of its input.</summary>
public enum SamplingPadding
{
    /// <summary>0.</summary>
    Zeros,

    /// <summary>The outermost element.</summary>
    Border,

    /// <summary>The input mirrored at its border, again and again.</summary>
    Reflection,
}
