using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A binary operation on the bits of integers of any type.</summary>
internal interface IBitwise
{
    /// <summary>f(x, y).</summary>
    static abstract T Invoke<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T>;
}
