using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A binary operation on numbers of any type: the form of it that needs no vectors.</summary>
internal interface IArithmetic
{
    /// <summary>f(x, y); integers wrap around.</summary>
    static abstract T Invoke<T>(T x, T y)
        where T : unmanaged, INumber<T>;
}
