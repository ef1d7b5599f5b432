namespace Toolkit.Numerics.Kernels;

/// <summary>
/// How int32 sums become 8-bit integers again: q = saturate(round(sum · m) + zero point) with m = left · right / scale in float32, in that order; halves go
/// to the even neighbour, as in ONNX Runtime.
/// </summary>
/// <param name="leftScales">One for all, or one a row.</param>
/// <param name="rightScales">One for all, or one a column.</param>
/// <param name="scale">The scale of the result.</param>
/// <param name="zeroPoint">The zero point of the result.</param>
/// <param name="isSigned">Whether the result is int8; otherwise uint8.</param>
public readonly ref struct Requantization(ReadOnlySpan<float> leftScales, ReadOnlySpan<float> rightScales, float scale, int zeroPoint, bool isSigned)
{
    /// <summary>The scales of the left factor.</summary>
    public ReadOnlySpan<float> LeftScales { get; } = leftScales;

    /// <summary>The scales of the right factor.</summary>
    public ReadOnlySpan<float> RightScales { get; } = rightScales;

    /// <summary>The scale of the result.</summary>
    public float Scale { get; } = scale;

    /// <summary>The zero point of the result.</summary>
    public int ZeroPoint { get; } = zeroPoint;

    /// <summary>Whether the result is int8.</summary>
    public bool IsSigned { get; } = isSigned;
}
