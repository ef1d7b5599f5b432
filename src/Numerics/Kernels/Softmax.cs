using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>Softmax over the rows of a [rows, columns] matrix, the row's maximum subtracted first.</summary>
public static class Softmax
{
    /// <summary>y[r,c] = exp(x[r,c] - max_c x[r,c]) / Σ_c exp(x[r,c] - max_c x[r,c]). x and y may be the same memory.</summary>
    public static void Forward<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();

    /// <summary>dx[r,c] = y[r,c] · (dy[r,c] - Σ_c dy[r,c] · y[r,c]), added to dx when accumulating.</summary>
    public static void Backward<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, int rows, int columns, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();

    /// <summary>
    /// Softmax with cross-entropy in one pass: probabilities[r,c] = softmax(logits)[r,c] and
    /// losses[r] = Σ_c targets[r,c] · (log Σ exp(logits[r,:] - max) - (logits[r,c] - max)).
    /// </summary>
    public static void CrossEntropy<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> probabilities, Span<T> losses, int rows, int columns, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();

    /// <summary>As <see cref="CrossEntropy"/> with one class index a row (an integer value held in a T).</summary>
    /// <exception cref="ArgumentException">An index is not an integer in [0, columns).</exception>
    public static void SparseCrossEntropy<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> labels, Span<T> probabilities, Span<T> losses, int rows, int columns, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();
}
