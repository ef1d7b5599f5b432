using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The portable 128-bit register tile, which Arm runs: 8 rows of 2 vectors, 16 sums in 32 registers, or 6 rows, 12 sums, where a
/// processor has 16 (x86). An element of A is broadcast to all lanes and a row of B lies across them.
/// </summary>
internal sealed unsafe class Vector128Gemm : GemmKernel<float>
{
    /// <summary>The only instance.</summary>
    public static readonly Vector128Gemm Instance = new();

    private Vector128Gemm()
    {
    }

    /// <inheritdoc/>
    public override int TileRows => AdvSimd.Arm64.IsSupported ? 8 : 6;

    /// <inheritdoc/>
    public override int VectorWidth => Vector128<float>.Count;

    /// <inheritdoc/>
    public override int TileVectors => 2;

    /// <inheritdoc/>
    public override int RowsThatPayPacking => 96;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddRows(float* a, nint aStride, float* b, nint bRowStride, int depth, int columns, float* sums)
    {
        for (int p = 0; p < depth; p += RowsAtOnce)
        {
            Vector128<float> x0 = Vector128.Create(a[0]);
            Vector128<float> x1 = Vector128.Create(a[aStride]);
            Vector128<float> x2 = Vector128.Create(a[2 * aStride]);
            Vector128<float> x3 = Vector128.Create(a[3 * aStride]);
            Vector128<float> x4 = Vector128.Create(a[4 * aStride]);
            Vector128<float> x5 = Vector128.Create(a[5 * aStride]);
            Vector128<float> x6 = Vector128.Create(a[6 * aStride]);
            Vector128<float> x7 = Vector128.Create(a[7 * aStride]);
            float* b0 = b;
            float* b1 = b0 + bRowStride;
            float* b2 = b1 + bRowStride;
            float* b3 = b2 + bRowStride;
            float* b4 = b3 + bRowStride;
            float* b5 = b4 + bRowStride;
            float* b6 = b5 + bRowStride;
            float* b7 = b6 + bRowStride;
            for (int j = 0; j < columns; j += 4)
            {
                Vector128<float> s = Vector128.Load(sums + j);
                s = Vector128.FusedMultiplyAdd(x0, Vector128.Load(b0 + j), s);
                s = Vector128.FusedMultiplyAdd(x1, Vector128.Load(b1 + j), s);
                s = Vector128.FusedMultiplyAdd(x2, Vector128.Load(b2 + j), s);
                s = Vector128.FusedMultiplyAdd(x3, Vector128.Load(b3 + j), s);
                s = Vector128.FusedMultiplyAdd(x4, Vector128.Load(b4 + j), s);
                s = Vector128.FusedMultiplyAdd(x5, Vector128.Load(b5 + j), s);
                s = Vector128.FusedMultiplyAdd(x6, Vector128.Load(b6 + j), s);
                s = Vector128.FusedMultiplyAdd(x7, Vector128.Load(b7 + j), s);
                s.Store(sums + j);
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
        Vector128<float> c00 = Vector128<float>.Zero, c01 = Vector128<float>.Zero;
        Vector128<float> c10 = Vector128<float>.Zero, c11 = Vector128<float>.Zero;
        Vector128<float> c20 = Vector128<float>.Zero, c21 = Vector128<float>.Zero;
        Vector128<float> c30 = Vector128<float>.Zero, c31 = Vector128<float>.Zero;
        Vector128<float> c40 = Vector128<float>.Zero, c41 = Vector128<float>.Zero;
        Vector128<float> c50 = Vector128<float>.Zero, c51 = Vector128<float>.Zero;
        Vector128<float> c60 = Vector128<float>.Zero, c61 = Vector128<float>.Zero;
        Vector128<float> c70 = Vector128<float>.Zero, c71 = Vector128<float>.Zero;

        float* sums = tile.Sums;
        if (TRows.Value == 1 && sums is not null)
        {
            c00 = Vector128.Load(sums);
            c01 = TVectors.Value > 1 ? Vector128.Load(sums + 4) : c01;
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
                Vector128<float> b0 = Vector128.Load(b);
                Vector128<float> b1 = TVectors.Value > 1 ? Vector128.Load(b + 4) : default;

                Vector128<float> x = Vector128.Create(a0[p]);
                c00 = Vector128.FusedMultiplyAdd(x, b0, c00);
                c01 = TVectors.Value > 1 ? Vector128.FusedMultiplyAdd(x, b1, c01) : c01;

                if (TRows.Value > 1)
                {
                    x = Vector128.Create(a1[p]);
                    c10 = Vector128.FusedMultiplyAdd(x, b0, c10);
                    c11 = TVectors.Value > 1 ? Vector128.FusedMultiplyAdd(x, b1, c11) : c11;
                }

                if (TRows.Value > 2)
                {
                    x = Vector128.Create(a2[p]);
                    c20 = Vector128.FusedMultiplyAdd(x, b0, c20);
                    c21 = TVectors.Value > 1 ? Vector128.FusedMultiplyAdd(x, b1, c21) : c21;

                    x = Vector128.Create(a3[p]);
                    c30 = Vector128.FusedMultiplyAdd(x, b0, c30);
                    c31 = TVectors.Value > 1 ? Vector128.FusedMultiplyAdd(x, b1, c31) : c31;
                }

                if (TRows.Value > 4)
                {
                    x = Vector128.Create(a4[p]);
                    c40 = Vector128.FusedMultiplyAdd(x, b0, c40);
                    c41 = TVectors.Value > 1 ? Vector128.FusedMultiplyAdd(x, b1, c41) : c41;

                    x = Vector128.Create(a5[p]);
                    c50 = Vector128.FusedMultiplyAdd(x, b0, c50);
                    c51 = TVectors.Value > 1 ? Vector128.FusedMultiplyAdd(x, b1, c51) : c51;
                }

                if (TRows.Value > 6)
                {
                    x = Vector128.Create(a6[p]);
                    c60 = Vector128.FusedMultiplyAdd(x, b0, c60);
                    c61 = TVectors.Value > 1 ? Vector128.FusedMultiplyAdd(x, b1, c61) : c61;

                    x = Vector128.Create(a7[p]);
                    c70 = Vector128.FusedMultiplyAdd(x, b0, c70);
                    c71 = TVectors.Value > 1 ? Vector128.FusedMultiplyAdd(x, b1, c71) : c71;
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

        if (TRows.Value > 6 && rows > 6)
        {
            Finish<TVectors>(in tile, 6, c60, c61);
        }

        if (TRows.Value > 6 && rows > 7)
        {
            Finish<TVectors>(in tile, 7, c70, c71);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TVectors>(in GemmTile<float> tile, int row, Vector128<float> s0, Vector128<float> s1)
        where TVectors : struct, ITileSize
    {
        float* c = tile.C + (row * tile.CRowStride);
        if (tile.ReadsC)
        {
            Vector128<float> alpha = Vector128.Create(tile.Alpha);
            Vector128<float> beta = Vector128.Create(tile.Beta);
            s0 = Vector128.FusedMultiplyAdd(alpha, s0, beta * Vector128.Load(c));
            s1 = TVectors.Value > 1 ? Vector128.FusedMultiplyAdd(alpha, s1, beta * Vector128.Load(c + 4)) : s1;
        }
        else if (tile.Scales)
        {
            Vector128<float> alpha = Vector128.Create(tile.Alpha);
            s0 = alpha * s0;
            s1 = TVectors.Value > 1 ? alpha * s1 : s1;
        }

        float* bias = tile.Bias;
        if (bias is not null)
        {
            s0 = s0 + Vector128.Load(bias);
            s1 = TVectors.Value > 1 ? s1 + Vector128.Load(bias + 4) : s1;
        }

        if (tile.RowBias is not null)
        {
            Vector128<float> rowBias = Vector128.Create(tile.RowBias[row]);
            s0 = s0 + rowBias;
            s1 = TVectors.Value > 1 ? s1 + rowBias : s1;
        }

        if (tile.Relu)
        {
            // Not Vector128.Max, which orders the zeros and returns a NaN of either operand.
            Vector128<float> zero = Vector128<float>.Zero;
            s0 = Vector128.ConditionalSelect(Vector128.GreaterThan(zero, s0), zero, s0);
            s1 = TVectors.Value > 1 ? Vector128.ConditionalSelect(Vector128.GreaterThan(zero, s1), zero, s1) : s1;
            if (tile.IsCapped)
            {
                Vector128<float> ceiling = Vector128.Create((float)Activations.Ceiling);
                s0 = Vector128.ConditionalSelect(Vector128.LessThan(ceiling, s0), ceiling, s0);
                s1 = TVectors.Value > 1 ? Vector128.ConditionalSelect(Vector128.LessThan(ceiling, s1), ceiling, s1) : s1;
            }
        }

        s0.Store(c);
        if (TVectors.Value > 1)
        {
            s1.Store(c + 4);
        }
    }
}
