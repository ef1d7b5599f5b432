using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// General matrix multiply, BLAS conventions, row-major: C = activation(alpha · op(A) · op(B) + beta · C + bias).
/// </summary>
public static unsafe class Gemm
{
    /// <summary>
    /// C[m,n] = activation(alpha · op(A)[m,k] · op(B)[k,n] + beta · C[m,n] + bias[n]). With <paramref name="beta"/> 0, C is not read.
    /// Every element sums over k in the same order by fused multiply-adds, so its bits depend neither on the number of workers nor on the
    /// kernel set nor on its place in C. NaN and infinity in A or B propagate, also where alpha or the other factor is 0.
    /// Allocates nothing after the first call of a size. C must not overlap A, B or the bias.
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
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Multiply(KernelSet.Current, transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, bias, activation, workers);

    /// <summary>Packs a constant op(B)[k,n] once, so that later products with it skip that work. The copy is independent of B.</summary>
    /// <param name="transposeB">Whether B is stored [n,k] and read transposed.</param>
    /// <param name="n">Columns of op(B).</param>
    /// <param name="k">Rows of op(B).</param>
    /// <param name="b">B, [k,n] or [n,k] as stored.</param>
    /// <param name="ldb">Distance between B's stored rows, in elements.</param>
    /// <exception cref="ArgumentException">A size is negative or the span is too short for it.</exception>
    public static PackedMatrix Pack(bool transposeB, int n, int k, ReadOnlySpan<float> b, int ldb) =>
        Pack(KernelSet.Current, transposeB, n, k, b, ldb);

    /// <summary>
    /// C[m,n] = activation(A[m,k] · B[k,n] + bias[n]) with a packed B: the same bits as the other overload gives with alpha 1, beta 0
    /// and A not transposed.
    /// </summary>
    /// <param name="m">Rows of C.</param>
    /// <param name="a">A, [m,k].</param>
    /// <param name="lda">Distance between A's rows, in elements.</param>
    /// <param name="b">B, from <see cref="Pack(bool, int, int, ReadOnlySpan{float}, int)"/>.</param>
    /// <param name="c">C, [m,n]; not read.</param>
    /// <param name="ldc">Distance between C's rows, in elements.</param>
    /// <param name="bias">Added to every row; empty for none, else [n].</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">A size is negative or a span is too short for it.</exception>
    public static void Multiply(int m, ReadOnlySpan<float> a, int lda, PackedMatrix b, Span<float> c, int ldc, ReadOnlySpan<float> bias, ActivationKind activation, WorkerPool workers)
    {
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        CheckMatrix("A", m, b.Rows, a.Length, lda);
        CheckMatrix("C", m, b.Columns, c.Length, ldc);
        CheckBias(bias.Length, b.Columns);
        CheckActivation(activation);
        fixed (float* pa = a)
        fixed (float* pc = c)
        fixed (float* pBias = bias)
        {
            GemmProblem<float> problem = new()
            {
                M = m,
                N = b.Columns,
                K = b.Rows,
                A = pa,
                ARowStride = lda,
                AColumnStride = 1,
                PackedB = b.Panels,
                C = pc,
                CRowStride = ldc,
                Bias = pBias,
                Alpha = 1,
                Beta = 0,
                Activation = activation,
            };
            GemmDriver<float>.Multiply(b.Kernel, in problem, workers);
            GC.KeepAlive(b);
        }
    }

    /// <summary><see cref="Multiply{T}(bool, bool, int, int, int, T, ReadOnlySpan{T}, int, ReadOnlySpan{T}, int, T, Span{T}, int, ReadOnlySpan{T}, ActivationKind, WorkerPool)"/>
    /// with the kernels of <paramref name="set"/>.</summary>
    internal static void Multiply<T>(
        KernelSet set,
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
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        CheckMatrix("A", transposeA ? k : m, transposeA ? m : k, a.Length, lda);
        CheckMatrix("B", transposeB ? n : k, transposeB ? k : n, b.Length, ldb);
        CheckMatrix("C", m, n, c.Length, ldc);
        CheckBias(bias.Length, n);
        CheckActivation(activation);
        fixed (T* pa = a)
        fixed (T* pb = b)
        fixed (T* pc = c)
        fixed (T* pBias = bias)
        {
            GemmProblem<T> problem = new()
            {
                M = m,
                N = n,
                K = k,
                A = pa,
                ARowStride = transposeA ? 1 : lda,
                AColumnStride = transposeA ? lda : 1,
                B = pb,
                BRowStride = transposeB ? 1 : ldb,
                BColumnStride = transposeB ? ldb : 1,
                C = pc,
                CRowStride = ldc,
                Bias = pBias,
                Alpha = alpha,
                Beta = beta,
                Activation = activation,
            };
            if (!SmallProduct.TryMultiply(in problem, set.Level))
            {
                GemmDriver<T>.Multiply(KernelOf<T>(set), in problem, workers);
            }
        }
    }

    /// <summary><see cref="Pack(bool, int, int, ReadOnlySpan{float}, int)"/> for the kernels of <paramref name="set"/>.</summary>
    internal static PackedMatrix Pack(KernelSet set, bool transposeB, int n, int k, ReadOnlySpan<float> b, int ldb)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        CheckMatrix("B", transposeB ? n : k, transposeB ? k : n, b.Length, ldb);
        GemmKernel<float> kernel = set.SingleGemm;
        var panels = GemmPanels.Create(kernel, n);
        var packed = new PackedMatrix(n, k, kernel);
        fixed (float* source = b)
        {
            for (int index = 0; index < panels.Count && k > 0; index++)
            {
                int start = panels.Start(index);
                int width = panels.Start(index + 1) - start;
                kernel.Pack(
                    source + (start * (transposeB ? (nint)ldb : 1)),
                    transposeB ? 1 : ldb,
                    transposeB ? ldb : 1,
                    k,
                    Math.Min(width, n - start),
                    packed.Panels + ((nint)start * k),
                    width);
            }
        }

        return packed;
    }

    /// <summary>The register tile of a set for an element type.</summary>
    internal static GemmKernel<T> KernelOf<T>(KernelSet set)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? (GemmKernel<T>)(object)set.SingleGemm : ScalarGemm<T>.Instance;

    private static void CheckMatrix(string name, int rows, int columns, int length, int leading)
    {
        if (rows == 0 || columns == 0)
        {
            return;
        }

        if (leading < columns)
        {
            throw new ArgumentException($"Gemm: expected a row distance of {name} of at least {columns} (its stored columns), got {leading}; pass the number of elements from one stored row to the next.");
        }

        long needed = (((long)rows - 1) * leading) + columns;
        if (length < needed)
        {
            throw new ArgumentException($"Gemm: expected at least {needed} elements of {name} (stored [{rows},{columns}], row distance {leading}), got {length}; check the sizes and transpositions.");
        }
    }

    private static void CheckBias(int length, int n)
    {
        if (length != 0 && length != n)
        {
            throw new ArgumentException($"Gemm: expected a bias of {n} elements or none, got {length}; pass one element a column of C.");
        }
    }

    private static void CheckActivation(ActivationKind activation)
    {
        if (activation is < ActivationKind.None or > ActivationKind.Silu)
        {
            throw new ArgumentException($"Gemm: expected an activation that the epilogue has, got {activation}; apply it as an element-wise operation.");
        }
    }
}
