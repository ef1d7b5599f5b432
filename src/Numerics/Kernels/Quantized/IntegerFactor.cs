namespace Toolkit.Numerics.Kernels;

/// <summary>A matrix of 8-bit integers that stand for element - zero point, row-major.</summary>
/// <param name="elements">The elements; empty for a factor that is packed.</param>
/// <param name="isSigned">Whether they are int8; otherwise uint8.</param>
/// <param name="zeroPoints">One for all, or one a row (left factor) or column (right factor); empty is 0.</param>
public readonly ref struct IntegerFactor(ReadOnlySpan<byte> elements, bool isSigned, ReadOnlySpan<int> zeroPoints)
{
    /// <summary>The elements.</summary>
    public ReadOnlySpan<byte> Elements { get; } = elements;

    /// <summary>Whether the elements are int8.</summary>
    public bool IsSigned { get; } = isSigned;

    /// <summary>The zero points.</summary>
    public ReadOnlySpan<int> ZeroPoints { get; } = zeroPoints;
}
