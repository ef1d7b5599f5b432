using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>The fused pass of an optimizer over a flat arena of parameters.</summary>
public static class ParameterUpdate
{
    /// <summary>Applies the rule to every parameter. Slots that the rule does not use may be empty.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Apply<TRule, T>(TRule rule, Span<T> parameters, ReadOnlySpan<T> gradients, Span<T> slot0, Span<T> slot1, WorkerPool workers)
        where TRule : struct, IUpdateRule
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();
}
