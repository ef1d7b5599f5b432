using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The AVX-512 register tile of one vector: 16 rows. Sixteen row pointers do not fit the registers, so rows are addressed in groups of four: 0, 1, 2 and 3 strides on.
/// </summary>
internal static unsafe class Avx512NarrowTile
{
    /// <summary>Computes one tile of 16 rows.</summary>
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

        Avx512Gemm.Finish<One>(in tile, 0, c0, default, default);
        Avx512Gemm.Finish<One>(in tile, 1, c1, default, default);
        Avx512Gemm.Finish<One>(in tile, 2, c2, default, default);
        Avx512Gemm.Finish<One>(in tile, 3, c3, default, default);
        Avx512Gemm.Finish<One>(in tile, 4, c4, default, default);
        Avx512Gemm.Finish<One>(in tile, 5, c5, default, default);
        Avx512Gemm.Finish<One>(in tile, 6, c6, default, default);
        Avx512Gemm.Finish<One>(in tile, 7, c7, default, default);
        Avx512Gemm.Finish<One>(in tile, 8, c8, default, default);
        Avx512Gemm.Finish<One>(in tile, 9, c9, default, default);
        Avx512Gemm.Finish<One>(in tile, 10, c10, default, default);
        Avx512Gemm.Finish<One>(in tile, 11, c11, default, default);
        Avx512Gemm.Finish<One>(in tile, 12, c12, default, default);
        Avx512Gemm.Finish<One>(in tile, 13, c13, default, default);
        Avx512Gemm.Finish<One>(in tile, 14, c14, default, default);
        Avx512Gemm.Finish<One>(in tile, 15, c15, default, default);
    }
}
