using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>How a reduction combines elements.</summary>
internal interface IReducer
{
    /// <summary>Whether the result is divided by the number of elements.</summary>
    static abstract bool IsMean { get; }

    /// <summary>Whether elements are added, so that the fast sums may be used.</summary>
    static abstract bool IsSum { get; }

    /// <summary>What no elements reduce to.</summary>
    static abstract T Identity<T>()
        where T : unmanaged, INumber<T>, IMinMaxValue<T>;

    /// <summary>The result with one element more.</summary>
    static abstract T Combine<T>(T result, T x)
        where T : unmanaged, INumber<T>;
}
