namespace Toolkit.Trainer.Autograd;

/// <summary>A buffer that a program needs for part of its run.</summary>
/// <param name="Length">Its elements.</param>
/// <param name="First">The position at which it is first written.</param>
/// <param name="Last">The position at which it is last used, inclusive.</param>
internal readonly record struct MemoryRequest(int Length, int First, int Last)
{
    public bool Overlaps(MemoryRequest other) => First <= other.Last && other.First <= Last;
}
