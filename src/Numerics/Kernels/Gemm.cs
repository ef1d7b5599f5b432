using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// General matrix multiply, BLAS conventions, row-major: C = activation(alpha · op(A) · op(B) + beta · C + bias).
/// </summary>
public static class Gemm
{
    /// <summary>
    /// C[m,n] = activation(alpha · op(A)[m,k] · op(B)[k,n] + beta · C[m,n] + bias[n]). With <paramref name="beta"/> 0, C is not read.
    /// The sum over k has a fixed order that does not depend on the number of workers. Allocates nothing after the first call of a size.
    /// </summary>
    /// <param name="transposeA">Whether A is stored [k,m] and read transposed.</param>
    /// <param name="transposeB">Whether B is stored [n,k] and read transposed.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">The contracted size.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="a">A, [m,k] or [k,m] as stored.</param>
    /// <param name="lda">Distance between A's stored rows, in elements.</param>
    /// <param name="b">B, [k,n] or [n,k] as stored.</param>
    /// <param name="ldb">Distance between B's stored rows, in elements.</param>
    /// <param name="beta">Factor of what C holds.</param>
    /// <param name="c">C, [m,n].</param>
    /// <param name="ldc">Distance between C's rows, in elements.</param>
    /// <param name="bias">Added to every row; empty for none, else [n].</param>
    /// <param name="activation">Applied last, while the result is in registers.</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">A size is negative or a span is too short for it.</exception>
    public static void Multiply<T>(
        bool transposeA,
        bool transposeB,
        int m,
        int n,
        int k,
        T alpha,
        ReadOnlySpan<T> a,
        int lda,
        ReadOnlySpan<T> b,
        int ldb,
        T beta,
        Span<T> c,
        int ldc,
        ReadOnlySpan<T> bias,
        ActivationKind activation,
        WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();

    /// <summary>Packs a constant op(B)[k,n] once, so that later products with it skip that work.</summary>
    public static PackedMatrix Pack(bool transposeB, int n, int k, ReadOnlySpan<float> b, int ldb) => throw new NotImplementedException();

    /// <summary>As the other overload, not transposed A, alpha 1, beta 0, with a packed B.</summary>
    public static void Multiply(int m, ReadOnlySpan<float> a, int lda, PackedMatrix b, Span<float> c, int ldc, ReadOnlySpan<float> bias, ActivationKind activation, WorkerPool workers) => throw new NotImplementedException();
}
