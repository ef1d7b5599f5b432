using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A function from a real number to a whole one.</summary>
internal interface IRounding
{
    /// <summary>f(x).</summary>
    static abstract T Invoke<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
