using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The scalar register tile, for every floating-point type: the oracle of the vector kernels, and float64's kernel
/// (gradient checks). The generic operator is a hardware fused multiply-add where there is one.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed unsafe class ScalarGemm<T> : GemmKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The only instance.</summary>
    public static readonly ScalarGemm<T> Instance = new();

    private ScalarGemm()
    {
    }

    /// <inheritdoc/>
    public override int TileRows => 4;

    /// <inheritdoc/>
    public override int VectorWidth => 1;

    /// <inheritdoc/>
    public override int TileVectors => 3;

    /// <inheritdoc/>
    public override void Compute(in GemmTile<T> tile, int vectors)
    {
        switch (vectors)
        {
            case 1:
                Compute<One>(in tile);
                break;
            case 2:
                Compute<Two>(in tile);
                break;
            default:
                Compute<Three>(in tile);
                break;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddRows(T* a, nint aStride, T* b, nint bRowStride, int depth, int columns, T* sums)
    {
        for (int p = 0; p < depth; p++)
        {
            T x = a[p * aStride];
            for (int j = 0; j < columns; j++)
            {
                sums[j] = T.FusedMultiplyAdd(x, b[j], sums[j]);
            }

            b += bRowStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute<TVectors>(in GemmTile<T> tile)
        where TVectors : struct, ITileSize
    {
        int rows = tile.Rows;
        T* a0 = tile.A;
        T* a1 = a0 + (rows > 1 ? tile.ARowStride : 0);
        T* a2 = a1 + (rows > 2 ? tile.ARowStride : 0);
        T* a3 = a2 + (rows > 3 ? tile.ARowStride : 0);

        nint* rowOffsets = tile.RowOffsets;
        if (rowOffsets is not null)
        {
            a0 = tile.A + rowOffsets[0];
            a1 = tile.A + rowOffsets[rows > 1 ? 1 : rows - 1];
            a2 = tile.A + rowOffsets[rows > 2 ? 2 : rows - 1];
            a3 = tile.A + rowOffsets[rows > 3 ? 3 : rows - 1];
        }

        T* b = tile.B;
        nint aColumnStride = tile.AColumnStride;
        nint bRowStride = tile.BRowStride;
        nint p = 0;

        T c00 = default, c01 = default, c02 = default;
        T c10 = default, c11 = default, c12 = default;
        T c20 = default, c21 = default, c22 = default;
        T c30 = default, c31 = default, c32 = default;

        T* sums = tile.Sums;
        if (sums is not null)
        {
            c00 = sums[0];
            c01 = TVectors.Value > 1 ? sums[1] : c01;
            c02 = TVectors.Value > 2 ? sums[2] : c02;
        }

        nint* segments = tile.Segments;
        int left = segments is null ? 1 : tile.SegmentCount;
        if (segments is not null)
        {
            p = segments[0];
            b = tile.B + segments[1];
        }

        while (true)
        {
            for (int depth = tile.Depth; depth > 0; depth--)
            {
                T b0 = b[0];
                T b1 = TVectors.Value > 1 ? b[1] : default;
                T b2 = TVectors.Value > 2 ? b[2] : default;

                T x = a0[p];
                c00 = T.FusedMultiplyAdd(x, b0, c00);
                c01 = TVectors.Value > 1 ? T.FusedMultiplyAdd(x, b1, c01) : c01;
                c02 = TVectors.Value > 2 ? T.FusedMultiplyAdd(x, b2, c02) : c02;

                x = a1[p];
                c10 = T.FusedMultiplyAdd(x, b0, c10);
                c11 = TVectors.Value > 1 ? T.FusedMultiplyAdd(x, b1, c11) : c11;
                c12 = TVectors.Value > 2 ? T.FusedMultiplyAdd(x, b2, c12) : c12;

                x = a2[p];
                c20 = T.FusedMultiplyAdd(x, b0, c20);
                c21 = TVectors.Value > 1 ? T.FusedMultiplyAdd(x, b1, c21) : c21;
                c22 = TVectors.Value > 2 ? T.FusedMultiplyAdd(x, b2, c22) : c22;

                x = a3[p];
                c30 = T.FusedMultiplyAdd(x, b0, c30);
                c31 = TVectors.Value > 1 ? T.FusedMultiplyAdd(x, b1, c31) : c31;
                c32 = TVectors.Value > 2 ? T.FusedMultiplyAdd(x, b2, c32) : c32;

                p += aColumnStride;
                b += bRowStride;
            }

            if (--left <= 0)
            {
                break;
            }

            segments += 2;
            p = segments[0];
            b = tile.B + segments[1];
        }

        Finish<TVectors>(in tile, 0, c00, c01, c02);
        if (rows > 1)
        {
            Finish<TVectors>(in tile, 1, c10, c11, c12);
        }

        if (rows > 2)
        {
            Finish<TVectors>(in tile, 2, c20, c21, c22);
        }

        if (rows > 3)
        {
            Finish<TVectors>(in tile, 3, c30, c31, c32);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TVectors>(in GemmTile<T> tile, int row, T s0, T s1, T s2)
        where TVectors : struct, ITileSize
    {
        T* c = tile.C + (row * tile.CRowStride);
        Finish(in tile, row, c, 0, s0);
        if (TVectors.Value > 1)
        {
            Finish(in tile, row, c, 1, s1);
        }

        if (TVectors.Value > 2)
        {
            Finish(in tile, row, c, 2, s2);
        }
    }

    private static void Finish(in GemmTile<T> tile, int row, T* c, int column, T s)
    {
        if (tile.ReadsC)
        {
            s = T.FusedMultiplyAdd(tile.Alpha, s, tile.Beta * c[column]);
        }
        else if (tile.Scales)
        {
            s = tile.Alpha * s;
        }

        if (tile.Bias is not null)
        {
            s += tile.Bias[column];
        }

        if (tile.RowBias is not null)
        {
            s += tile.RowBias[row];
        }

        if (tile.Relu)
        {
            s = T.Zero > s ? T.Zero : s;
            s = tile.IsCapped && s > T.CreateTruncating(Activations.Ceiling) ? T.CreateTruncating(Activations.Ceiling) : s;
        }

        c[column] = s;
    }
}
