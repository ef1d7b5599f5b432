using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The shared traversals of element-wise operations over float32 and float64. Each picks the lanes of
/// <see cref="KernelSet.Current"/>; large arrays are split over the workers.
/// </summary>
public static unsafe class ElementWise
{
    // A part shorter than this is done before a sleeping worker has woken.
    private const int Grain = 32768;

    /// <summary>y[i] = f(x[i]), or y[i] += f(x[i]) when accumulating. x and y may be the same memory.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Unary<TOperation, T>(TOperation operation, ReadOnlySpan<T> x, Span<T> y, WorkerPool workers, bool accumulate = false)
        where TOperation : struct, IUnaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Length(y.Length, x.Length);
        fixed (T* px = x, py = y)
        {
            var body = new UnaryBody<TOperation>(operation, px, py, accumulate);
            LaneTraversal.Run<UnaryBody<TOperation>, T>(ref body, y.Length, Grain, LaneTraversal.ElementAlignment, workers);
        }
    }

    /// <summary>dx[i] = dy[i] · f'(x[i]), or dx[i] += … when accumulating. dy and dx may be the same memory.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void UnaryBackward<TOperation, T>(TOperation operation, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, WorkerPool workers, bool accumulate = false)
        where TOperation : struct, IDifferentiableOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Length(y.Length, x.Length);
        Check.Length(dy.Length, x.Length);
        Check.Length(dx.Length, x.Length);
        fixed (T* px = x, py = y, pdy = dy, pdx = dx)
        {
            var body = new UnaryBackwardBody<TOperation>(operation, px, py, pdy, pdx, accumulate);
            LaneTraversal.Run<UnaryBackwardBody<TOperation>, T>(ref body, dx.Length, Grain, LaneTraversal.ElementAlignment, workers);
        }
    }

    /// <summary>
    /// The backward of a bias and an activation y = f(x + bias) over [rows, columns] in one pass, for an operation whose derivative is a function of y:
    /// dx[r,c] = dy[r,c] · f'(…), sums[c] = Σ_r dx[r,c], or sums[c] += … when accumulating. The bits are those of <see cref="UnaryBackward"/> and
    /// <see cref="Reduction.SumRows"/>. dy and dx may be the same memory.
    /// </summary>
    /// <exception cref="ArgumentException">A length is not its matrix's.</exception>
    public static void UnaryBackwardWithRowSums<TOperation, T>(
        TOperation operation, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, Span<T> sums, int rows, int columns, WorkerPool workers, bool accumulate = false)
        where TOperation : struct, IDifferentiableOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Matrix(y.Length, rows, columns);
        Check.Matrix(dy.Length, rows, columns);
        Check.Matrix(dx.Length, rows, columns);
        Check.Length(sums.Length, columns);
        fixed (T* py = y, pdy = dy, pdx = dx, ps = sums)
        {
            var body = new BiasGradientBody<TOperation>(operation, py, pdy, pdx, ps, rows, columns, accumulate);
            LaneTraversal.Run<BiasGradientBody<TOperation>, T>(ref body, columns, Grain / Math.Max(rows, 1), LaneTraversal.ElementAlignment, workers);
        }
    }

    /// <summary>z[i] = f(x[i], y[i]), or z[i] += … when accumulating. z may be x's or y's memory.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Binary<TOperation, T>(TOperation operation, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z, WorkerPool workers, bool accumulate = false)
        where TOperation : struct, IBinaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Length(y.Length, x.Length);
        Check.Length(z.Length, x.Length);
        fixed (T* px = x, py = y, pz = z)
        {
            var body = new BinaryBody<TOperation>(operation, px, py, pz, accumulate);
            LaneTraversal.Run<BinaryBody<TOperation>, T>(ref body, z.Length, Grain, LaneTraversal.ElementAlignment, workers);
        }
    }

    /// <summary>
    /// z = f(x, y) with NumPy broadcasting of both operands to <paramref name="zShape"/>. Allocates nothing. z may be the
    /// memory of an operand of its own shape.
    /// </summary>
    /// <exception cref="ArgumentException">A shape does not broadcast, or a length is not its shape's.</exception>
    public static void BinaryBroadcast<TOperation, T>(TOperation operation, ReadOnlySpan<T> x, Shape xShape, ReadOnlySpan<T> y, Shape yShape, Span<T> z, Shape zShape, WorkerPool workers)
        where TOperation : struct, IBinaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Length(x.Length, xShape.Length);
        Check.Length(y.Length, yShape.Length);
        Check.Length(z.Length, zShape.Length);
        var plan = BroadcastPlan.Create(xShape, yShape, zShape);
        fixed (T* px = x, py = y, pz = z)
        {
            var body = new BroadcastBody<TOperation>(operation, px, py, pz, plan);
            LaneTraversal.Run<BroadcastBody<TOperation>, T>(ref body, z.Length, Grain, LaneTraversal.ElementAlignment, workers);
        }
    }
}
