using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The AVX-512 register tile of one vector: 16 rows. Sixteen row pointers do not fit the registers, so rows are addressed in groups of four: 0, 1, 2 and 3 strides on.
/// </summary>
internal static unsafe class Avx512NarrowTile
{
    private const int Rows = 16;

    /// <summary>Computes one tile of 16 rows.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(in GemmTile<float> tile)
    {
        nint stride = tile.ARowStride;
        nint stride2 = 2 * stride;
        nint stride3 = 3 * stride;
        float* a0 = tile.A;
        float* a4 = a0 + (4 * stride);
        float* a8 = a4 + (4 * stride);
        float* a12 = a8 + (4 * stride);
        float* b = tile.B;
        nint aColumnStride = tile.AColumnStride;
        nint bRowStride = tile.BRowStride;

        Vector512<float> c0 = Vector512<float>.Zero, c1 = Vector512<float>.Zero, c2 = Vector512<float>.Zero, c3 = Vector512<float>.Zero;
        Vector512<float> c4 = Vector512<float>.Zero, c5 = Vector512<float>.Zero, c6 = Vector512<float>.Zero, c7 = Vector512<float>.Zero;
        Vector512<float> c8 = Vector512<float>.Zero, c9 = Vector512<float>.Zero, c10 = Vector512<float>.Zero, c11 = Vector512<float>.Zero;
        Vector512<float> c12 = Vector512<float>.Zero, c13 = Vector512<float>.Zero, c14 = Vector512<float>.Zero, c15 = Vector512<float>.Zero;

        nint* segments = tile.Segments;
        int left = segments is null ? 1 : tile.SegmentCount;
        if (segments is not null)
        {
            a0 = tile.A + segments[0];
            a4 = a0 + (4 * stride);
            a8 = a4 + (4 * stride);
            a12 = a8 + (4 * stride);
            b = tile.B + segments[1];
        }

        while (true)
        {
            for (int depth = tile.Depth; depth > 0; depth--)
            {
                Vector512<float> row = Avx512F.LoadVector512(b);
                c0 = Avx512F.FusedMultiplyAdd(Vector512.Create(a0[0]), row, c0);
                c1 = Avx512F.FusedMultiplyAdd(Vector512.Create(a0[stride]), row, c1);
                c2 = Avx512F.FusedMultiplyAdd(Vector512.Create(a0[stride2]), row, c2);
                c3 = Avx512F.FusedMultiplyAdd(Vector512.Create(a0[stride3]), row, c3);
                c4 = Avx512F.FusedMultiplyAdd(Vector512.Create(a4[0]), row, c4);
                c5 = Avx512F.FusedMultiplyAdd(Vector512.Create(a4[stride]), row, c5);
                c6 = Avx512F.FusedMultiplyAdd(Vector512.Create(a4[stride2]), row, c6);
                c7 = Avx512F.FusedMultiplyAdd(Vector512.Create(a4[stride3]), row, c7);
                c8 = Avx512F.FusedMultiplyAdd(Vector512.Create(a8[0]), row, c8);
                c9 = Avx512F.FusedMultiplyAdd(Vector512.Create(a8[stride]), row, c9);
                c10 = Avx512F.FusedMultiplyAdd(Vector512.Create(a8[stride2]), row, c10);
                c11 = Avx512F.FusedMultiplyAdd(Vector512.Create(a8[stride3]), row, c11);
                c12 = Avx512F.FusedMultiplyAdd(Vector512.Create(a12[0]), row, c12);
                c13 = Avx512F.FusedMultiplyAdd(Vector512.Create(a12[stride]), row, c13);
                c14 = Avx512F.FusedMultiplyAdd(Vector512.Create(a12[stride2]), row, c14);
                c15 = Avx512F.FusedMultiplyAdd(Vector512.Create(a12[stride3]), row, c15);
                a0 += aColumnStride;
                a4 += aColumnStride;
                a8 += aColumnStride;
                a12 += aColumnStride;
                b += bRowStride;
            }

            if (--left <= 0)
            {
                break;
            }

            segments += 2;
            a0 = tile.A + segments[0];
            a4 = a0 + (4 * stride);
            a8 = a4 + (4 * stride);
            a12 = a8 + (4 * stride);
            b = tile.B + segments[1];
        }

        // By way of memory: what follows the sums is a loop then, and its branches do not take registers from the loop above.
        float* sums = stackalloc float[Rows * 16];
        Avx512F.Store(sums + (0 * 16), c0);
        Avx512F.Store(sums + (1 * 16), c1);
        Avx512F.Store(sums + (2 * 16), c2);
        Avx512F.Store(sums + (3 * 16), c3);
        Avx512F.Store(sums + (4 * 16), c4);
        Avx512F.Store(sums + (5 * 16), c5);
        Avx512F.Store(sums + (6 * 16), c6);
        Avx512F.Store(sums + (7 * 16), c7);
        Avx512F.Store(sums + (8 * 16), c8);
        Avx512F.Store(sums + (9 * 16), c9);
        Avx512F.Store(sums + (10 * 16), c10);
        Avx512F.Store(sums + (11 * 16), c11);
        Avx512F.Store(sums + (12 * 16), c12);
        Avx512F.Store(sums + (13 * 16), c13);
        Avx512F.Store(sums + (14 * 16), c14);
        Avx512F.Store(sums + (15 * 16), c15);
        for (int row = 0; row < Rows; row++)
        {
            Avx512Epilogue.Finish<One>(in tile, row, Avx512F.LoadVector512(sums + (row * 16)), default, default);
        }
    }
}
