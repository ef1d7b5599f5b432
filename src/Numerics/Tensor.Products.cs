using System.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics;

/// <content>Matrix and tensor products, by NumPy's rules.</content>
public abstract partial class Tensor
{
    /// <summary>
    /// The matrix product over the last two axes, batches broadcast (<c>np.matmul</c>): [..., m, k] · [..., k, n] is [..., m, n]. A vector
    /// is a row on the left and a column on the right, and its axis is gone from the result.
    /// </summary>
    /// <exception cref="ArgumentException">An operand is a scalar, or the contracted sizes differ.</exception>
    public static Tensor<T> MatMul<T>(Tensor<T> x, Tensor<T> y)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Shape.Rank == 0 || y.Shape.Rank == 0)
        {
            throw new ArgumentException($"Tensor.MatMul: expected at least one axis each, got {x.Shape} and {y.Shape}; use * for a scalar.");
        }

        Tensor<T> a = x.Shape.Rank == 1 ? x.ExpandDimensions(0) : x;
        Tensor<T> b = y.Shape.Rank == 1 ? y.ExpandDimensions(1) : y;
        (int m, int k, int n) = (a.Shape[^2], a.Shape[^1], b.Shape[^1]);
        if (b.Shape[^2] != k)
        {
            throw new ArgumentException($"Tensor.MatMul: {x.Shape} and {y.Shape} differ in the contracted size: {k} and {b.Shape[^2]}.");
        }

        var batch = Shape.Broadcast(new Shape(a.Shape.Dimensions[..^2]), new Shape(b.Shape.Dimensions[..^2]));
        a = a.BroadcastTo([.. batch.Dimensions, m, k]).Contiguous();
        b = b.BroadcastTo([.. batch.Dimensions, k, n]).Contiguous();
        var c = new Tensor<T>([.. batch.Dimensions, m, n]);
        for (int i = 0; i < batch.Length; i++)
        {
            Multiply(a.Span.Slice(i * m * k, m * k), b.Span.Slice(i * k * n, k * n), c.Span.Slice(i * m * n, m * n), m, n, k);
        }

        if (x.Shape.Rank == 1)
        {
            c = c.Squeeze(y.Shape.Rank == 1 ? -2 : c.Shape.Rank - 2);
        }

        return y.Shape.Rank == 1 ? c.Squeeze(-1) : c;
    }

    /// <summary>
    /// <c>np.dot</c>: the inner product of vectors, the matrix product of matrices, the product by a scalar; otherwise the sum over the
    /// last axis of x and the last but one of y: [..., k] · [..., k, n] is x's other axes, then y's.
    /// </summary>
    /// <exception cref="ArgumentException">The contracted sizes differ.</exception>
    public static Tensor<T> Dot<T>(Tensor<T> x, Tensor<T> y)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Shape.Rank == 0 || y.Shape.Rank == 0)
        {
            return x * y;
        }

        if (x.Shape.Rank <= 2 && y.Shape.Rank <= 2)
        {
            return MatMul(x, y);
        }

        int k = x.Shape[^1];
        int contracted = Math.Max(0, y.Shape.Rank - 2);
        if (y.Shape[contracted] != k)
        {
            throw new ArgumentException($"Tensor.Dot: {x.Shape} and {y.Shape} differ in the contracted size: {k} and {y.Shape[contracted]}.");
        }

        int[] order = [contracted, .. Enumerable.Range(0, y.Shape.Rank).Where(axis => axis != contracted)];
        Tensor<T> right = y.Transpose(order);
        Shape shape = [.. x.Shape.Dimensions[..^1], .. right.Shape.Dimensions[1..]];
        return MatMul(x.Reshape(-1, k), right.Reshape(k, -1)).Reshape(shape);
    }

    private static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k)
        where T : INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            Gemm.Multiply(false, false, m, n, k, 1f, TensorLoops.As<T, float>(a), k, TensorLoops.As<T, float>(b), n, 0f, TensorLoops.As<T, float>(c), n, default, ActivationKind.None, WorkerPool.Shared);
            return;
        }

        if (typeof(T) == typeof(double))
        {
            Gemm.Multiply(false, false, m, n, k, 1.0, TensorLoops.As<T, double>(a), k, TensorLoops.As<T, double>(b), n, 0.0, TensorLoops.As<T, double>(c), n, default, ActivationKind.None, WorkerPool.Shared);
            return;
        }

        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T sum = T.Zero;
                for (int p = 0; p < k; p++)
                {
                    sum += a[(i * k) + p] * b[(p * n) + j];
                }

                c[(i * n) + j] = sum;
            }
        }
    }
}
