using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A comparison of numbers of any type; with a NaN it is false.</summary>
internal interface IComparison
{
    /// <summary>x ? y.</summary>
    static abstract bool Invoke<T>(T x, T y)
        where T : unmanaged, INumber<T>;
}
