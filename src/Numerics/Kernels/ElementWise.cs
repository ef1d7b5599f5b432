using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The shared traversals of element-wise operations over float32 and float64. Each picks the lanes of
/// <see cref="KernelSet.Current"/>; large arrays are split over the workers.
/// </summary>
public static unsafe class ElementWise
{
    /// <summary>y[i] = f(x[i]), or y[i] += f(x[i]) when accumulating. x and y may be the same memory.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Unary<TOperation, T>(TOperation operation, ReadOnlySpan<T> x, Span<T> y, WorkerPool workers, bool accumulate = false)
        where TOperation : struct, IUnaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(x.Length, y.Length, nameof(y));
        fixed (T* px = x, py = y)
        {
            var body = new UnaryBody<TOperation, T>(operation, px, py, accumulate);
            LaneTraversal.Run<UnaryBody<TOperation, T>, T>(ref body, y.Length);
        }
    }

    /// <summary>dx[i] = dy[i] · f'(x[i]), or dx[i] += … when accumulating. dy and dx may be the same memory.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void UnaryBackward<TOperation, T>(TOperation operation, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, WorkerPool workers, bool accumulate = false)
        where TOperation : struct, IDifferentiableOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(x.Length, y.Length, nameof(y));
        CheckLength(x.Length, dy.Length, nameof(dy));
        CheckLength(x.Length, dx.Length, nameof(dx));
        fixed (T* px = x, py = y, pdy = dy, pdx = dx)
        {
            var body = new UnaryBackwardBody<TOperation, T>(operation, px, py, pdy, pdx, accumulate);
            LaneTraversal.Run<UnaryBackwardBody<TOperation, T>, T>(ref body, dx.Length);
        }
    }

    /// <summary>z[i] = f(x[i], y[i]), or z[i] += … when accumulating. z may be x's or y's memory.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Binary<TOperation, T>(TOperation operation, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z, WorkerPool workers, bool accumulate = false)
        where TOperation : struct, IBinaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(x.Length, y.Length, nameof(y));
        CheckLength(x.Length, z.Length, nameof(z));
        fixed (T* px = x, py = y, pz = z)
        {
            var body = new BinaryBody<TOperation, T>(operation, px, py, pz, accumulate);
            LaneTraversal.Run<BinaryBody<TOperation, T>, T>(ref body, z.Length);
        }
    }

    /// <summary>z = f(x, y) with NumPy broadcasting of both operands to <paramref name="zShape"/>. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">A shape does not broadcast, or a length is not its shape's.</exception>
    public static void BinaryBroadcast<TOperation, T>(TOperation operation, ReadOnlySpan<T> x, Shape xShape, ReadOnlySpan<T> y, Shape yShape, Span<T> z, Shape zShape, WorkerPool workers)
        where TOperation : struct, IBinaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(xShape.Length, x.Length, nameof(x));
        CheckLength(yShape.Length, y.Length, nameof(y));
        CheckLength(zShape.Length, z.Length, nameof(z));
        int[] xStrides = xShape.BroadcastStrides(zShape);
        int[] yStrides = yShape.BroadcastStrides(zShape);
        Span<int> index = stackalloc int[Shape.MaxRank];
        index.Clear();
        for (int i = 0; i < z.Length; i++)
        {
            int xi = 0;
            int yi = 0;
            for (int axis = 0; axis < zShape.Rank; axis++)
            {
                xi += index[axis] * xStrides[axis];
                yi += index[axis] * yStrides[axis];
            }

            Binary(operation, x.Slice(xi, 1), y.Slice(yi, 1), z.Slice(i, 1), workers);
            for (int axis = zShape.Rank - 1; axis >= 0 && ++index[axis] == zShape[axis]; axis--)
            {
                index[axis] = 0;
            }
        }
    }

    private static void CheckLength(int expected, int actual, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{name}: expected {expected} elements, got {actual}.", name);
        }
    }

    private readonly struct UnaryBody<TOperation, T>(TOperation operation, T* x, T* y, bool accumulate) : ILaneBody
        where TOperation : struct, IUnaryOperation
        where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke<TLanes, TElement>(int start, int end)
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            var px = (TElement*)x;
            var py = (TElement*)y;
            for (int i = start; i < end; i++)
            {
                TLanes value = operation.Invoke(TLanes.Load(in px[i]));
                TLanes.Store(accumulate ? TLanes.Load(in py[i]) + value : value, ref py[i]);
            }
        }
    }

    private readonly struct UnaryBackwardBody<TOperation, T>(TOperation operation, T* x, T* y, T* dy, T* dx, bool accumulate) : ILaneBody
        where TOperation : struct, IDifferentiableOperation
        where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke<TLanes, TElement>(int start, int end)
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            var px = (TElement*)x;
            var py = (TElement*)y;
            var pdy = (TElement*)dy;
            var pdx = (TElement*)dx;
            for (int i = start; i < end; i++)
            {
                TLanes value = operation.Backward(TLanes.Load(in px[i]), TLanes.Load(in py[i]), TLanes.Load(in pdy[i]));
                TLanes.Store(accumulate ? TLanes.Load(in pdx[i]) + value : value, ref pdx[i]);
            }
        }
    }

    private readonly struct BinaryBody<TOperation, T>(TOperation operation, T* x, T* y, T* z, bool accumulate) : ILaneBody
        where TOperation : struct, IBinaryOperation
        where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke<TLanes, TElement>(int start, int end)
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            var px = (TElement*)x;
            var py = (TElement*)y;
            var pz = (TElement*)z;
            for (int i = start; i < end; i++)
            {
                TLanes value = operation.Invoke(TLanes.Load(in px[i]), TLanes.Load(in py[i]));
                TLanes.Store(accumulate ? TLanes.Load(in pz[i]) + value : value, ref pz[i]);
            }
        }
    }
}
