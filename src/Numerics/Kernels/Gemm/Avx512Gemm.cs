using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The AVX-512 register tile: 8 rows of 3 vectors, 24 sums in 32 registers, an element of A broadcast to all lanes and a row of
/// B across them.
/// </summary>
internal sealed unsafe class Avx512Gemm : GemmKernel<float>
{
    // A single row is bound by reading B, which is asked for this many rows ahead.
    private const int PrefetchRows = 64;

    /// <summary>The only instance.</summary>
    public static readonly Avx512Gemm Instance = new();

    private Avx512Gemm()
    {
    }

    /// <inheritdoc/>
    public override int TileRows => 8;

    /// <inheritdoc/>
    public override int NarrowTileRows => 16;

    /// <inheritdoc/>
    public override bool MasksTails => true;

    /// <inheritdoc/>
    public override int VectorWidth => Vector512<float>.Count;

    /// <inheritdoc/>
    public override int TileVectors => 3;

    /// <inheritdoc/>
    public override void Compute(in GemmTile<float> tile, int vectors)
    {
        switch (vectors)
        {
            case 1 when tile.Rows == 16:
                Avx512NarrowTile.Compute(in tile);
                break;
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
    public override void Pack(float* source, nint rowStride, nint columnStride, int depth, int columns, float* destination, int width)
    {
        if (columnStride == 1)
        {
            Avx512Packing.Copy(source, rowStride, depth, columns, destination, width);
        }
        else
        {
            Avx512Packing.Transpose(source, columnStride, depth, columns, destination, width, width);
        }
    }

    /// <inheritdoc/>
    public override void Transpose(float* source, nint columnStride, int depth, int columns, float* destination, int width, nint distance) =>
        Avx512Packing.Transpose(source, columnStride, depth, columns, destination, width, distance);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddRows(float* a, nint aStride, float* b, nint bRowStride, int depth, int columns, float* sums)
    {
        for (int p = 0; p < depth; p += RowsAtOnce)
        {
            Vector512<float> x0 = Vector512.Create(a[0]);
            Vector512<float> x1 = Vector512.Create(a[aStride]);
            Vector512<float> x2 = Vector512.Create(a[2 * aStride]);
            Vector512<float> x3 = Vector512.Create(a[3 * aStride]);
            Vector512<float> x4 = Vector512.Create(a[4 * aStride]);
            Vector512<float> x5 = Vector512.Create(a[5 * aStride]);
            Vector512<float> x6 = Vector512.Create(a[6 * aStride]);
            Vector512<float> x7 = Vector512.Create(a[7 * aStride]);
            float* b0 = b;
            float* b1 = b0 + bRowStride;
            float* b2 = b1 + bRowStride;
            float* b3 = b2 + bRowStride;
            float* b4 = b3 + bRowStride;
            float* b5 = b4 + bRowStride;
            float* b6 = b5 + bRowStride;
            float* b7 = b6 + bRowStride;
            for (int j = 0; j < columns; j += 16)
            {
                Vector512<float> s = Avx512F.LoadVector512(sums + j);
                s = Avx512F.FusedMultiplyAdd(x0, Avx512F.LoadVector512(b0 + j), s);
                s = Avx512F.FusedMultiplyAdd(x1, Avx512F.LoadVector512(b1 + j), s);
                s = Avx512F.FusedMultiplyAdd(x2, Avx512F.LoadVector512(b2 + j), s);
                s = Avx512F.FusedMultiplyAdd(x3, Avx512F.LoadVector512(b3 + j), s);
                s = Avx512F.FusedMultiplyAdd(x4, Avx512F.LoadVector512(b4 + j), s);
                s = Avx512F.FusedMultiplyAdd(x5, Avx512F.LoadVector512(b5 + j), s);
                s = Avx512F.FusedMultiplyAdd(x6, Avx512F.LoadVector512(b6 + j), s);
                s = Avx512F.FusedMultiplyAdd(x7, Avx512F.LoadVector512(b7 + j), s);
                Avx512F.Store(sums + j, s);
            }

            a += RowsAtOnce * aStride;
            b = b7 + bRowStride;
        }
    }

    private static void Compute<TVectors>(in GemmTile<float> tile)
        where TVectors : struct, ITileSize
    {
        if (tile.Rows > 6)
        {
            Compute<Eight, TVectors>(in tile);
        }
        else if (tile.Rows > 4)
        {
            Compute<Six, TVectors>(in tile);
        }
        else if (tile.Rows > 2)
        {
            Compute<Four, TVectors>(in tile);
        }
        else if (tile.Rows == 2)
        {
            Compute<Two, TVectors>(in tile);
        }
        else
        {
            Compute<One, TVectors>(in tile);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute<TRows, TVectors>(in GemmTile<float> tile)
        where TRows : struct, ITileSize
        where TVectors : struct, ITileSize
    {
        // A row beyond the last one repeats the row before it; its sums are not stored.
        int rows = tile.Rows;
        nint aRowStride = tile.ARowStride;
        float* a0 = tile.A;
        float* a1 = a0 + (rows > 1 ? aRowStride : 0);
        float* a2 = a1 + (rows > 2 ? aRowStride : 0);
        float* a3 = a2 + (rows > 3 ? aRowStride : 0);
        float* a4 = a3 + (rows > 4 ? aRowStride : 0);
        float* a5 = a4 + (rows > 5 ? aRowStride : 0);
        float* a6 = a5 + (rows > 6 ? aRowStride : 0);
        float* a7 = a6 + (rows > 7 ? aRowStride : 0);

        nint* rowOffsets = tile.RowOffsets;
        if (rowOffsets is not null)
        {
            a0 = tile.A + rowOffsets[0];
            a1 = tile.A + rowOffsets[rows > 1 ? 1 : rows - 1];
            a2 = tile.A + rowOffsets[rows > 2 ? 2 : rows - 1];
            a3 = tile.A + rowOffsets[rows > 3 ? 3 : rows - 1];
            a4 = tile.A + rowOffsets[rows > 4 ? 4 : rows - 1];
            a5 = tile.A + rowOffsets[rows > 5 ? 5 : rows - 1];
            a6 = tile.A + rowOffsets[rows > 6 ? 6 : rows - 1];
            a7 = tile.A + rowOffsets[rows > 7 ? 7 : rows - 1];
        }

        float* b = tile.B;
        nint aColumnStride = tile.AColumnStride;
        nint bRowStride = tile.BRowStride;
        nint p = 0;

        // The sums are separate locals because only those stay in registers: c{row}{vector}.
        Vector512<float> c00 = Vector512<float>.Zero, c01 = Vector512<float>.Zero, c02 = Vector512<float>.Zero;
        Vector512<float> c10 = Vector512<float>.Zero, c11 = Vector512<float>.Zero, c12 = Vector512<float>.Zero;
        Vector512<float> c20 = Vector512<float>.Zero, c21 = Vector512<float>.Zero, c22 = Vector512<float>.Zero;
        Vector512<float> c30 = Vector512<float>.Zero, c31 = Vector512<float>.Zero, c32 = Vector512<float>.Zero;
        Vector512<float> c40 = Vector512<float>.Zero, c41 = Vector512<float>.Zero, c42 = Vector512<float>.Zero;
        Vector512<float> c50 = Vector512<float>.Zero, c51 = Vector512<float>.Zero, c52 = Vector512<float>.Zero;
        Vector512<float> c60 = Vector512<float>.Zero, c61 = Vector512<float>.Zero, c62 = Vector512<float>.Zero;
        Vector512<float> c70 = Vector512<float>.Zero, c71 = Vector512<float>.Zero, c72 = Vector512<float>.Zero;
        float* sums = tile.Sums;
        if (TRows.Value == 1 && sums is not null)
        {
            c00 = Avx512F.LoadVector512(sums);
            c01 = TVectors.Value > 1 ? Avx512F.LoadVector512(sums + 16) : c01;
            c02 = TVectors.Value > 2 ? Avx512F.LoadVector512(sums + 32) : c02;
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
                Vector512<float> b0 = Avx512F.LoadVector512(b);
                Vector512<float> b1 = TVectors.Value > 1 ? Avx512F.LoadVector512(b + 16) : default;
                Vector512<float> b2 = TVectors.Value > 2 ? Avx512F.LoadVector512(b + 32) : default;
                if (TRows.Value == 1)
                {
                    PrefetchAhead<TVectors>(b + (PrefetchRows * bRowStride));
                }

                Vector512<float> x = Vector512.Create(a0[p]);
                c00 = Avx512F.FusedMultiplyAdd(x, b0, c00);
                c01 = TVectors.Value > 1 ? Avx512F.FusedMultiplyAdd(x, b1, c01) : c01;
                c02 = TVectors.Value > 2 ? Avx512F.FusedMultiplyAdd(x, b2, c02) : c02;
                if (TRows.Value > 1)
                {
                    x = Vector512.Create(a1[p]);
                    c10 = Avx512F.FusedMultiplyAdd(x, b0, c10);
                    c11 = TVectors.Value > 1 ? Avx512F.FusedMultiplyAdd(x, b1, c11) : c11;
                    c12 = TVectors.Value > 2 ? Avx512F.FusedMultiplyAdd(x, b2, c12) : c12;
                }

                if (TRows.Value > 2)
                {
                    x = Vector512.Create(a2[p]);
                    c20 = Avx512F.FusedMultiplyAdd(x, b0, c20);
                    c21 = TVectors.Value > 1 ? Avx512F.FusedMultiplyAdd(x, b1, c21) : c21;
                    c22 = TVectors.Value > 2 ? Avx512F.FusedMultiplyAdd(x, b2, c22) : c22;
                    x = Vector512.Create(a3[p]);
                    c30 = Avx512F.FusedMultiplyAdd(x, b0, c30);
                    c31 = TVectors.Value > 1 ? Avx512F.FusedMultiplyAdd(x, b1, c31) : c31;
                    c32 = TVectors.Value > 2 ? Avx512F.FusedMultiplyAdd(x, b2, c32) : c32;
                }

                if (TRows.Value > 4)
                {
                    x = Vector512.Create(a4[p]);
                    c40 = Avx512F.FusedMultiplyAdd(x, b0, c40);
                    c41 = TVectors.Value > 1 ? Avx512F.FusedMultiplyAdd(x, b1, c41) : c41;
                    c42 = TVectors.Value > 2 ? Avx512F.FusedMultiplyAdd(x, b2, c42) : c42;
                    x = Vector512.Create(a5[p]);
                    c50 = Avx512F.FusedMultiplyAdd(x, b0, c50);
                    c51 = TVectors.Value > 1 ? Avx512F.FusedMultiplyAdd(x, b1, c51) : c51;
                    c52 = TVectors.Value > 2 ? Avx512F.FusedMultiplyAdd(x, b2, c52) : c52;
                }

                if (TRows.Value > 6)
                {
                    x = Vector512.Create(a6[p]);
                    c60 = Avx512F.FusedMultiplyAdd(x, b0, c60);
                    c61 = TVectors.Value > 1 ? Avx512F.FusedMultiplyAdd(x, b1, c61) : c61;
                    c62 = TVectors.Value > 2 ? Avx512F.FusedMultiplyAdd(x, b2, c62) : c62;
                    x = Vector512.Create(a7[p]);
                    c70 = Avx512F.FusedMultiplyAdd(x, b0, c70);
                    c71 = TVectors.Value > 1 ? Avx512F.FusedMultiplyAdd(x, b1, c71) : c71;
                    c72 = TVectors.Value > 2 ? Avx512F.FusedMultiplyAdd(x, b2, c72) : c72;
                }

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

        Avx512Epilogue.Finish<TVectors>(in tile, 0, c00, c01, c02);

        if (TRows.Value > 1 && rows > 1)
        {
            Avx512Epilogue.Finish<TVectors>(in tile, 1, c10, c11, c12);
        }

        if (TRows.Value > 2 && rows > 2)
        {
            Avx512Epilogue.Finish<TVectors>(in tile, 2, c20, c21, c22);
        }

        if (TRows.Value > 2 && rows > 3)
        {
            Avx512Epilogue.Finish<TVectors>(in tile, 3, c30, c31, c32);
        }

        if (TRows.Value > 4 && rows > 4)
        {
            Avx512Epilogue.Finish<TVectors>(in tile, 4, c40, c41, c42);
        }

        if (TRows.Value > 4 && rows > 5)
        {
            Avx512Epilogue.Finish<TVectors>(in tile, 5, c50, c51, c52);
        }

        if (TRows.Value > 6 && rows > 6)
        {
            Avx512Epilogue.Finish<TVectors>(in tile, 6, c60, c61, c62);
        }

        if (TRows.Value > 6 && rows > 7)
        {
            Avx512Epilogue.Finish<TVectors>(in tile, 7, c70, c71, c72);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchAhead<TVectors>(float* b)
        where TVectors : struct, ITileSize
    {
        Sse.Prefetch0(b);
        if (TVectors.Value > 1)
        {
            Sse.Prefetch0(b + 16);
        }

        if (TVectors.Value > 2)
        {
            Sse.Prefetch0(b + 32);
        }
    }
}
