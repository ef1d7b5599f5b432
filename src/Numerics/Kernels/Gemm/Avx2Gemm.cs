using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The AVX2 register tile: 6 rows of 2 vectors, 12 sums in 16 registers, an element of A broadcast to all lanes and a row of
/// B across them.
/// </summary>
internal sealed unsafe class Avx2Gemm : GemmKernel<float>
{
    /// <summary>The only instance.</summary>
    public static readonly Avx2Gemm Instance = new();

    private Avx2Gemm()
    {
    }

    /// <inheritdoc/>
    public override int TileRows => 6;

    /// <inheritdoc/>
    public override int VectorWidth => Vector256<float>.Count;

    /// <inheritdoc/>
    public override int TileVectors => 2;

    /// <inheritdoc/>
    public override bool CopiesB => true;

    /// <inheritdoc/>
    public override void Compute(in GemmTile<float> tile, int vectors)
    {
        switch (vectors)
        {
            case 1:
                Compute<One>(in tile);
                break;
            default:
                Compute<Two>(in tile);
                break;
        }
    }

    /// <inheritdoc/>
    public override void Pack(float* source, nint rowStride, nint columnStride, int depth, int columns, float* destination, int width)
    {
        if (columnStride == 1)
        {
            Avx2Packing.Copy(source, rowStride, depth, columns, destination, width);
        }
        else
        {
            Avx2Packing.Transpose(source, columnStride, depth, columns, destination, width, width);
        }
    }

    /// <inheritdoc/>
    public override void Transpose(float* source, nint columnStride, int depth, int columns, float* destination, int width, nint distance) =>
        Avx2Packing.Transpose(source, columnStride, depth, columns, destination, width, distance);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddRows(float* a, nint aStride, float* b, nint bRowStride, int depth, int columns, float* sums)
    {
        for (int p = 0; p < depth; p += RowsAtOnce)
        {
            Vector256<float> x0 = Vector256.Create(a[0]);
            Vector256<float> x1 = Vector256.Create(a[aStride]);
            Vector256<float> x2 = Vector256.Create(a[2 * aStride]);
            Vector256<float> x3 = Vector256.Create(a[3 * aStride]);
            Vector256<float> x4 = Vector256.Create(a[4 * aStride]);
            Vector256<float> x5 = Vector256.Create(a[5 * aStride]);
            Vector256<float> x6 = Vector256.Create(a[6 * aStride]);
            Vector256<float> x7 = Vector256.Create(a[7 * aStride]);
            float* b0 = b;
            float* b1 = b0 + bRowStride;
            float* b2 = b1 + bRowStride;
            float* b3 = b2 + bRowStride;
            float* b4 = b3 + bRowStride;
            float* b5 = b4 + bRowStride;
            float* b6 = b5 + bRowStride;
            float* b7 = b6 + bRowStride;
            for (int j = 0; j < columns; j += 8)
            {
                Vector256<float> s = Avx.LoadVector256(sums + j);
                s = Fma.MultiplyAdd(x0, Avx.LoadVector256(b0 + j), s);
                s = Fma.MultiplyAdd(x1, Avx.LoadVector256(b1 + j), s);
                s = Fma.MultiplyAdd(x2, Avx.LoadVector256(b2 + j), s);
                s = Fma.MultiplyAdd(x3, Avx.LoadVector256(b3 + j), s);
                s = Fma.MultiplyAdd(x4, Avx.LoadVector256(b4 + j), s);
                s = Fma.MultiplyAdd(x5, Avx.LoadVector256(b5 + j), s);
                s = Fma.MultiplyAdd(x6, Avx.LoadVector256(b6 + j), s);
                s = Fma.MultiplyAdd(x7, Avx.LoadVector256(b7 + j), s);
                Avx.Store(sums + j, s);
            }

            a += RowsAtOnce * aStride;
            b = b7 + bRowStride;
        }
    }

    private static void Compute<TVectors>(in GemmTile<float> tile)
        where TVectors : struct, ITileSize
    {
        if (tile.Copy is not null)
        {
            Compute<SixCopying, TVectors>(in tile);
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

        nint* rowOffsets = tile.RowOffsets;
        if (rowOffsets is not null)
        {
            a0 = tile.A + rowOffsets[0];
            a1 = tile.A + rowOffsets[rows > 1 ? 1 : rows - 1];
            a2 = tile.A + rowOffsets[rows > 2 ? 2 : rows - 1];
            a3 = tile.A + rowOffsets[rows > 3 ? 3 : rows - 1];
            a4 = tile.A + rowOffsets[rows > 4 ? 4 : rows - 1];
            a5 = tile.A + rowOffsets[rows > 5 ? 5 : rows - 1];
        }

        float* b = tile.B;
        nint aColumnStride = tile.AColumnStride;
        nint bRowStride = tile.BRowStride;
        nint p = 0;

        // The sums are separate locals because only those stay in registers: c{row}{vector}.
        Vector256<float> c00 = Vector256<float>.Zero, c01 = Vector256<float>.Zero;
        Vector256<float> c10 = Vector256<float>.Zero, c11 = Vector256<float>.Zero;
        Vector256<float> c20 = Vector256<float>.Zero, c21 = Vector256<float>.Zero;
        Vector256<float> c30 = Vector256<float>.Zero, c31 = Vector256<float>.Zero;
        Vector256<float> c40 = Vector256<float>.Zero, c41 = Vector256<float>.Zero;
        Vector256<float> c50 = Vector256<float>.Zero, c51 = Vector256<float>.Zero;

        float* sums = tile.Sums;
        if (TRows.Value == 1 && sums is not null)
        {
            c00 = Avx.LoadVector256(sums);
            c01 = TVectors.Value > 1 ? Avx.LoadVector256(sums + 8) : c01;
        }

        float* copy = tile.Copy;
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
                Vector256<float> b0 = Avx.LoadVector256(b);
                Vector256<float> b1 = TVectors.Value > 1 ? Avx.LoadVector256(b + 8) : default;

                if (TRows.Copies)
                {
                    Avx.Store(copy, b0);
                    if (TVectors.Value > 1)
                    {
                        Avx.Store(copy + 8, b1);
                    }

                    copy += 8 * TVectors.Value;
                }

                Vector256<float> x = Vector256.Create(a0[p]);
                c00 = Fma.MultiplyAdd(x, b0, c00);
                c01 = TVectors.Value > 1 ? Fma.MultiplyAdd(x, b1, c01) : c01;

                if (TRows.Value > 1)
                {
                    x = Vector256.Create(a1[p]);
                    c10 = Fma.MultiplyAdd(x, b0, c10);
                    c11 = TVectors.Value > 1 ? Fma.MultiplyAdd(x, b1, c11) : c11;
                }

                if (TRows.Value > 2)
                {
                    x = Vector256.Create(a2[p]);
                    c20 = Fma.MultiplyAdd(x, b0, c20);
                    c21 = TVectors.Value > 1 ? Fma.MultiplyAdd(x, b1, c21) : c21;

                    x = Vector256.Create(a3[p]);
                    c30 = Fma.MultiplyAdd(x, b0, c30);
                    c31 = TVectors.Value > 1 ? Fma.MultiplyAdd(x, b1, c31) : c31;
                }

                if (TRows.Value > 4)
                {
                    x = Vector256.Create(a4[p]);
                    c40 = Fma.MultiplyAdd(x, b0, c40);
                    c41 = TVectors.Value > 1 ? Fma.MultiplyAdd(x, b1, c41) : c41;

                    x = Vector256.Create(a5[p]);
                    c50 = Fma.MultiplyAdd(x, b0, c50);
                    c51 = TVectors.Value > 1 ? Fma.MultiplyAdd(x, b1, c51) : c51;
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

        Finish<TVectors>(in tile, 0, c00, c01);

        if (TRows.Value > 1 && rows > 1)
        {
            Finish<TVectors>(in tile, 1, c10, c11);
        }

        if (TRows.Value > 2 && rows > 2)
        {
            Finish<TVectors>(in tile, 2, c20, c21);
        }

        if (TRows.Value > 2 && rows > 3)
        {
            Finish<TVectors>(in tile, 3, c30, c31);
        }

        if (TRows.Value > 4 && rows > 4)
        {
            Finish<TVectors>(in tile, 4, c40, c41);
        }

        if (TRows.Value > 4 && rows > 5)
        {
            Finish<TVectors>(in tile, 5, c50, c51);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TVectors>(in GemmTile<float> tile, int row, Vector256<float> s0, Vector256<float> s1)
        where TVectors : struct, ITileSize
    {
        float* c = tile.C + (row * tile.CRowStride);
        if (tile.ReadsC)
        {
            Vector256<float> alpha = Vector256.Create(tile.Alpha);
            Vector256<float> beta = Vector256.Create(tile.Beta);
            s0 = Fma.MultiplyAdd(alpha, s0, beta * Avx.LoadVector256(c));
            s1 = TVectors.Value > 1 ? Fma.MultiplyAdd(alpha, s1, beta * Avx.LoadVector256(c + 8)) : s1;
        }
        else if (tile.Scales)
        {
            Vector256<float> alpha = Vector256.Create(tile.Alpha);
            s0 = alpha * s0;
            s1 = TVectors.Value > 1 ? alpha * s1 : s1;
        }

        float* bias = tile.Bias;
        if (bias is not null)
        {
            s0 = s0 + Avx.LoadVector256(bias);
            s1 = TVectors.Value > 1 ? s1 + Avx.LoadVector256(bias + 8) : s1;
        }

        if (tile.RowBias is not null)
        {
            Vector256<float> rowBias = Vector256.Create(tile.RowBias[row]);
            s0 = s0 + rowBias;
            s1 = TVectors.Value > 1 ? s1 + rowBias : s1;
        }

        if (tile.Relu)
        {
            // The instruction returns its second operand where either is NaN or both are zero.
            Vector256<float> zero = Vector256<float>.Zero;
            s0 = Avx.Max(zero, s0);
            s1 = TVectors.Value > 1 ? Avx.Max(zero, s1) : s1;
            if (tile.IsCapped)
            {
                Vector256<float> ceiling = Vector256.Create((float)Activations.Ceiling);
                s0 = Avx.Min(ceiling, s0);
                s1 = TVectors.Value > 1 ? Avx.Min(ceiling, s1) : s1;
            }
        }

        Avx.Store(c, s0);
        if (TVectors.Value > 1)
        {
            Avx.Store(c + 8, s1);
        }
    }
}
