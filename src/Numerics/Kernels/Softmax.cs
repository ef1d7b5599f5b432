using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Softmax over the rows of a [rows, columns] matrix, the row's maximum subtracted first. A row with a NaN or an infinite
/// maximum becomes NaN, and so does its loss.
/// </summary>
public static unsafe class Softmax
{
    // Elements of a part below which a sleeping worker would wake too late to help; a row costs as much as some more.
    private const int Grain = 16384;
    private const int RowCost = 128;

    /// <summary>y[r,c] = exp(x[r,c] - max_c x[r,c]) / Σ_c exp(x[r,c] - max_c x[r,c]). x and y may be the same memory.</summary>
    /// <exception cref="ArgumentException">A length is not its matrix's.</exception>
    public static void Forward<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Matrix(x.Length, rows, columns);
        Check.Matrix(y.Length, rows, columns);
        fixed (T* px = x, py = y)
        {
            var body = new SoftmaxBody(px, py, null, null, null, columns);
            LaneTraversal.Run<SoftmaxBody, T>(ref body, rows, Grain / (columns + RowCost), 1, workers);
        }
    }

    /// <summary>
    /// dx[r,c] = y[r,c] · (dy[r,c] - Σ_c dy[r,c] · y[r,c]), added to dx when accumulating. dy and dx may be the same memory.
    /// </summary>
    /// <exception cref="ArgumentException">A length is not its matrix's.</exception>
    public static void Backward<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, int rows, int columns, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Matrix(y.Length, rows, columns);
        Check.Matrix(dy.Length, rows, columns);
        Check.Matrix(dx.Length, rows, columns);
        fixed (T* py = y, pdy = dy, pdx = dx)
        {
            var body = new SoftmaxBackwardBody(py, pdy, pdx, columns, accumulate);
            LaneTraversal.Run<SoftmaxBackwardBody, T>(ref body, rows, Grain / (columns + RowCost), 1, workers);
        }
    }

    /// <summary>
    /// Softmax with cross-entropy in one pass: probabilities[r,c] = softmax(logits)[r,c] and
    /// losses[r] = Σ_c targets[r,c] · (log Σ exp(logits[r,:] - max) - (logits[r,c] - max)).
    /// </summary>
    /// <exception cref="ArgumentException">A length is not its matrix's.</exception>
    public static void CrossEntropy<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> probabilities, Span<T> losses, int rows, int columns, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Matrix(logits.Length, rows, columns);
        Check.Matrix(targets.Length, rows, columns);
        Check.Matrix(probabilities.Length, rows, columns);
        Check.Length(losses.Length, rows);
        fixed (T* px = logits, pt = targets, py = probabilities, pl = losses)
        {
            var body = new SoftmaxBody(px, py, pt, null, pl, columns);
            LaneTraversal.Run<SoftmaxBody, T>(ref body, rows, Grain / (columns + RowCost), 1, workers);
        }
    }

    /// <summary>As <see cref="CrossEntropy"/> with one class index a row (an integer value held in a T).</summary>
    /// <exception cref="ArgumentException">An index is not an integer in [0, columns), or a length is not its matrix's.</exception>
    public static void SparseCrossEntropy<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> labels, Span<T> probabilities, Span<T> losses, int rows, int columns, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Matrix(logits.Length, rows, columns);
        Check.Length(labels.Length, rows);
        Check.Matrix(probabilities.Length, rows, columns);
        Check.Length(losses.Length, rows);
        CheckLabels(labels, columns);
        fixed (T* px = logits, pi = labels, py = probabilities, pl = losses)
        {
            var body = new SoftmaxBody(px, py, null, pi, pl, columns);
            LaneTraversal.Run<SoftmaxBody, T>(ref body, rows, Grain / (columns + RowCost), 1, workers);
        }
    }

    /// <summary>
    /// The gradient of softmax with cross-entropy by the logits: gradient[r,c] = (probabilities[r,c] · Σ_c targets[r,c] - targets[r,c]) · scale, added to
    /// what is there when accumulating. The mean over rows has scale 1 / rows.
    /// </summary>
    /// <exception cref="ArgumentException">A length is not its matrix's.</exception>
    public static void CrossEntropyGradient<T>(
        ReadOnlySpan<T> probabilities, ReadOnlySpan<T> targets, Span<T> gradient, int rows, int columns, T scale, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Matrix(probabilities.Length, rows, columns);
        Check.Matrix(targets.Length, rows, columns);
        Check.Matrix(gradient.Length, rows, columns);
        fixed (T* pp = probabilities, pt = targets, pg = gradient)
        {
            var body = new CrossEntropyGradientBody<T>(pp, pt, null, pg, columns, scale, accumulate);
            LaneTraversal.Run<CrossEntropyGradientBody<T>, T>(ref body, rows, Grain / (columns + RowCost), 1, workers);
        }
    }

    /// <summary>As <see cref="CrossEntropyGradient"/> with one class index a row (an integer value held in a T).</summary>
    /// <exception cref="ArgumentException">An index is not an integer in [0, columns), or a length is not its matrix's.</exception>
    public static void SparseCrossEntropyGradient<T>(
        ReadOnlySpan<T> probabilities, ReadOnlySpan<T> labels, Span<T> gradient, int rows, int columns, T scale, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Matrix(probabilities.Length, rows, columns);
        Check.Length(labels.Length, rows);
        Check.Matrix(gradient.Length, rows, columns);
        CheckLabels(labels, columns);
        fixed (T* pp = probabilities, pi = labels, pg = gradient)
        {
            var body = new CrossEntropyGradientBody<T>(pp, null, pi, pg, columns, scale, accumulate);
            LaneTraversal.Run<CrossEntropyGradientBody<T>, T>(ref body, rows, Grain / (columns + RowCost), 1, workers);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CheckLabels<T>(ReadOnlySpan<T> labels, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T limit = T.CreateChecked(columns);
        for (int r = 0; r < labels.Length; r++)
        {
            T label = labels[r];
            if (!(label >= T.Zero && label < limit && label == T.Truncate(label)))
            {
                throw new ArgumentException($"labels: expected class indices that are integers in [0, {columns}), got {label} in row {r}.", nameof(labels));
            }
        }
    }
}
