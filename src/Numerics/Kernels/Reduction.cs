using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>Reductions with an order of summation that depends on the sizes alone, never on the number of workers.</summary>
public static class Reduction
{
    /// <summary>Σ x[i]; 0 for an empty span.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();

    /// <summary>y[c] = Σ_r x[r,c], or y[c] += … when accumulating: a bias's gradient.</summary>
    public static void SumRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();

    /// <summary>The index of the greatest element of every row; the first of equals. A NaN counts as the greatest.</summary>
    public static void ArgMax<T>(ReadOnlySpan<T> x, Span<int> indices, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();

    /// <summary>The dot product of two vectors: Σ x[i] · y[i].</summary>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();
}
