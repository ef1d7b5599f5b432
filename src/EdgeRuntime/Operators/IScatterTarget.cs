using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Finds the elements of data to which updates go.</summary>
internal interface IScatterTarget
{
    /// <summary>Combines each update with the element that its index names.</summary>
    /// <exception cref="ArgumentException">An index is outside of its axis.</exception>
    void Update<TBody, T>(Shape shape, Tensor indices, ReadOnlySpan<T> updates, Span<T> data)
        where TBody : IBroadcastBody<T, T, T>;
}
