using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>How a reduction combines elements in their own type.</summary>
internal interface IReducer
{
    /// <summary>Whether the result is divided by the number of elements.</summary>
    static abstract bool IsMean { get; }

    /// <summary>Whether elements are added as they are, so that the fast sums may be used.</summary>
    static abstract bool IsSum { get; }

    /// <summary>What no elements reduce to.</summary>
    static abstract T Identity<T>()
        where T : unmanaged, INumber<T>, IMinMaxValue<T>;

    /// <summary>What an element stands for before it is combined.</summary>
    static virtual T Map<T>(T x)
        where T : unmanaged, INumber<T> => x;

    /// <summary>Two results as one.</summary>
    static abstract T Combine<T>(T result, T x)
        where T : unmanaged, INumber<T>;
}
