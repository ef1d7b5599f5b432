namespace Toolkit.Trainer.Autograd;

/// <summary>A part of an array, cheaper to turn into a span than a <see cref="Memory{T}"/>.</summary>
internal readonly struct BufferSlice(float[] array, int offset, int length)
{
    public int Length => length;

    public Span<float> Span => new(array, offset, length);

    public Memory<float> Memory => new(array, offset, length);

    /// <summary>Whether both are the same part of the same array.</summary>
    public bool IsSame(BufferSlice other) => other.Is(array, offset, length);

    /// <summary>The first elements.</summary>
    public BufferSlice Part(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, length);
        return new BufferSlice(array, offset, count);
    }

    private bool Is(float[] otherArray, int otherOffset, int otherLength) => ReferenceEquals(array, otherArray) && offset == otherOffset && length == otherLength;
}
