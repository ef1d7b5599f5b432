using System.Numerics;
using System.Runtime.InteropServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>Matrix products in int32, exact but for the wrap-around of sums beyond 32 bits.</summary>
public static class IntegerProduct
{
    /// <summary>C[m,n] = A[m,k] · B[k,n], row-major.</summary>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void Multiply(int m, int n, int k, ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<int> c)
    {
        Check.Matrix(a.Length, m, k);
        Check.Matrix(b.Length, k, n);
        Check.Matrix(c.Length, m, n);
        c.Clear();
        for (int i = 0; i < m; i++)
        {
            Span<int> row = c.Slice(i * n, n);
            WorkLimits.Poll();
            for (int p = 0; p < k; p++)
            {
                AddScaled(a[(i * k) + p], b.Slice(p * n, n), row);
            }
        }
    }

    // sum += factor · values.
    private static void AddScaled(int factor, ReadOnlySpan<int> values, Span<int> sum)
    {
        if (factor == 0)
        {
            return;
        }

        ReadOnlySpan<Vector<int>> vectors = MemoryMarshal.Cast<int, Vector<int>>(values);
        Span<Vector<int>> sums = MemoryMarshal.Cast<int, Vector<int>>(sum);
        var repeated = new Vector<int>(factor);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += repeated * vectors[i];
        }

        for (int i = sums.Length * Vector<int>.Count; i < sum.Length; i++)
        {
            sum[i] += factor * values[i];
        }
    }
}
