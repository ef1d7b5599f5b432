using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A unary operation on numbers of any type.</summary>
internal interface INumberFunction
{
    /// <summary>f(x).</summary>
    static abstract T Invoke<T>(T x)
        where T : unmanaged, INumber<T>;
}
