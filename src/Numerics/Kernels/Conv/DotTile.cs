using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A register tile of scalar products whose terms are across the lanes: sums[r, j, k mod 16] += Σₖ A[r, k] · B[j, k], by fused multiply-adds in the order of k. Rows and columns may overlap in
/// memory: the columns of a convolution's kernel are one plane at consecutive offsets.
/// </summary>
/// <remarks>The sixteen places of a sum do not meet here, so that neither the width of the lanes nor the size of the tile changes a bit.</remarks>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe struct DotTile<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The rows of a tile at most.</summary>
    public const int MaximumRows = 4;

    /// <summary>The columns of a tile at most.</summary>
    public const int MaximumColumns = 6;

    /// <summary>A[0,0].</summary>
    public T* A;

    /// <summary>From A[r,k] to A[r+1,k].</summary>
    public nint ARowStride;

    /// <summary>B[0,0].</summary>
    public T* B;

    /// <summary>From B[j,k] to B[j+1,k].</summary>
    public nint BColumnStride;

    /// <summary>Where k goes on, as in <see cref="GemmTile{T}.Segments"/>, each segment of <see cref="Length"/> terms; null for one that begins at A and B.</summary>
    public nint* Segments;

    /// <summary>The number of segments; not read where <see cref="Segments"/> is null.</summary>
    public int SegmentCount;

    /// <summary>The terms of a segment, a multiple of <see cref="LaneSums.Count"/>.</summary>
    public int Length;

    /// <summary>The sums of A[0] and B[0], <see cref="LaneSums.Count"/> places; the next column's follow.</summary>
    public T* Sums;

    /// <summary>From the sums of a row to those of the next.</summary>
    public nint SumRowStride;

    /// <summary>The rows, 1 to <see cref="MaximumRows"/>.</summary>
    public int Rows;

    /// <summary>The columns, 1 to <see cref="MaximumColumns"/>.</summary>
    public int Columns;

    /// <summary>Adds the products of one tile.</summary>
    public static void Add<TLanes>(in DotTile<T> tile)
        where TLanes : struct, ILanes<TLanes, T>
    {
        switch (tile.Columns)
        {
            case 1:
                AddRows<TLanes, One>(in tile);
                break;
            case 2:
                AddRows<TLanes, Two>(in tile);
                break;
            case 3:
                AddRows<TLanes, Three>(in tile);
                break;
            case 4:
                AddRows<TLanes, Four>(in tile);
                break;
            case 5:
                AddRows<TLanes, Five>(in tile);
                break;
            default:
                AddRows<TLanes, Six>(in tile);
                break;
        }
    }

    // Sixteen lanes come with 32 registers, fewer with 16.
    private static void AddRows<TLanes, TColumns>(in DotTile<T> tile)
        where TLanes : struct, ILanes<TLanes, T>
        where TColumns : struct, ITileSize
    {
        if (TLanes.Count == LaneSums.Count && tile.Rows > 2)
        {
            Add<TLanes, Four, TColumns>(in tile, 0);
            return;
        }

        for (int row = 0; row < tile.Rows; row += 2)
        {
            Add<TLanes, Two, TColumns>(in tile, row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TLanes, TRows, TColumns>(in DotTile<T> tile, int firstRow)
        where TLanes : struct, ILanes<TLanes, T>
        where TRows : struct, ITileSize
        where TColumns : struct, ITileSize
    {
        // A row beyond the last one repeats the row before it; its sums are not stored.
        int rows = tile.Rows - firstRow;
        nint row1 = rows > 1 ? tile.ARowStride : 0;
        nint row2 = row1 + (rows > 2 ? tile.ARowStride : 0);
        nint row3 = row2 + (rows > 3 ? tile.ARowStride : 0);
        nint column = tile.BColumnStride;
        nint sumRow = tile.SumRowStride;
        for (int lane = 0; lane < LaneSums.Count; lane += TLanes.Count)
        {
            // The sums are separate locals because only those stay in registers: c{row}{column}.
            T* sums = tile.Sums + (firstRow * sumRow) + lane;
            T* sums1 = sums + (rows > 1 ? sumRow : 0);
            T* sums2 = sums1 + (rows > 2 ? sumRow : 0);
            T* sums3 = sums2 + (rows > 3 ? sumRow : 0);
            TLanes c00 = TLanes.Load(in sums[0]);
            TLanes c01 = TColumns.Value > 1 ? TLanes.Load(in sums[LaneSums.Count]) : default;
            TLanes c02 = TColumns.Value > 2 ? TLanes.Load(in sums[2 * LaneSums.Count]) : default;
            TLanes c03 = TColumns.Value > 3 ? TLanes.Load(in sums[3 * LaneSums.Count]) : default;
            TLanes c04 = TColumns.Value > 4 ? TLanes.Load(in sums[4 * LaneSums.Count]) : default;
            TLanes c05 = TColumns.Value > 5 ? TLanes.Load(in sums[5 * LaneSums.Count]) : default;
            TLanes c10 = TLanes.Load(in sums1[0]);
            TLanes c11 = TColumns.Value > 1 ? TLanes.Load(in sums1[LaneSums.Count]) : default;
            TLanes c12 = TColumns.Value > 2 ? TLanes.Load(in sums1[2 * LaneSums.Count]) : default;
            TLanes c13 = TColumns.Value > 3 ? TLanes.Load(in sums1[3 * LaneSums.Count]) : default;
            TLanes c14 = TColumns.Value > 4 ? TLanes.Load(in sums1[4 * LaneSums.Count]) : default;
            TLanes c15 = TColumns.Value > 5 ? TLanes.Load(in sums1[5 * LaneSums.Count]) : default;
            TLanes c20 = TRows.Value > 2 ? TLanes.Load(in sums2[0]) : default;
            TLanes c21 = TRows.Value > 2 && TColumns.Value > 1 ? TLanes.Load(in sums2[LaneSums.Count]) : default;
            TLanes c22 = TRows.Value > 2 && TColumns.Value > 2 ? TLanes.Load(in sums2[2 * LaneSums.Count]) : default;
            TLanes c23 = TRows.Value > 2 && TColumns.Value > 3 ? TLanes.Load(in sums2[3 * LaneSums.Count]) : default;
            TLanes c24 = TRows.Value > 2 && TColumns.Value > 4 ? TLanes.Load(in sums2[4 * LaneSums.Count]) : default;
            TLanes c25 = TRows.Value > 2 && TColumns.Value > 5 ? TLanes.Load(in sums2[5 * LaneSums.Count]) : default;
            TLanes c30 = TRows.Value > 2 ? TLanes.Load(in sums3[0]) : default;
            TLanes c31 = TRows.Value > 2 && TColumns.Value > 1 ? TLanes.Load(in sums3[LaneSums.Count]) : default;
            TLanes c32 = TRows.Value > 2 && TColumns.Value > 2 ? TLanes.Load(in sums3[2 * LaneSums.Count]) : default;
            TLanes c33 = TRows.Value > 2 && TColumns.Value > 3 ? TLanes.Load(in sums3[3 * LaneSums.Count]) : default;
            TLanes c34 = TRows.Value > 2 && TColumns.Value > 4 ? TLanes.Load(in sums3[4 * LaneSums.Count]) : default;
            TLanes c35 = TRows.Value > 2 && TColumns.Value > 5 ? TLanes.Load(in sums3[5 * LaneSums.Count]) : default;
            nint* segments = tile.Segments;
            int left = segments is null ? 1 : tile.SegmentCount;
            for (; left > 0; left--)
            {
                T* a = tile.A + (firstRow * tile.ARowStride) + lane;
                T* b = tile.B + lane;
                if (segments is not null)
                {
                    a += segments[0];
                    b += segments[1];
                    segments += 2;
                }

                for (int terms = tile.Length; terms > 0; terms -= LaneSums.Count)
                {
                    TLanes x0 = TLanes.Load(in a[0]);
                    TLanes x1 = TLanes.Load(in a[row1]);
                    TLanes x2 = TRows.Value > 2 ? TLanes.Load(in a[row2]) : default;
                    TLanes x3 = TRows.Value > 2 ? TLanes.Load(in a[row3]) : default;
                    T* next = b;
                    TLanes y = TLanes.Load(in next[0]);
                    c00 = TLanes.MultiplyAdd(x0, y, c00);
                    c10 = TLanes.MultiplyAdd(x1, y, c10);
                    c20 = TRows.Value > 2 ? TLanes.MultiplyAdd(x2, y, c20) : c20;
                    c30 = TRows.Value > 2 ? TLanes.MultiplyAdd(x3, y, c30) : c30;

                    if (TColumns.Value > 1)
                    {
                        next += column;
                        y = TLanes.Load(in next[0]);
                        c01 = TLanes.MultiplyAdd(x0, y, c01);
                        c11 = TLanes.MultiplyAdd(x1, y, c11);
                        c21 = TRows.Value > 2 ? TLanes.MultiplyAdd(x2, y, c21) : c21;
                        c31 = TRows.Value > 2 ? TLanes.MultiplyAdd(x3, y, c31) : c31;
                    }

                    if (TColumns.Value > 2)
                    {
                        next += column;
                        y = TLanes.Load(in next[0]);
                        c02 = TLanes.MultiplyAdd(x0, y, c02);
                        c12 = TLanes.MultiplyAdd(x1, y, c12);
                        c22 = TRows.Value > 2 ? TLanes.MultiplyAdd(x2, y, c22) : c22;
                        c32 = TRows.Value > 2 ? TLanes.MultiplyAdd(x3, y, c32) : c32;
                    }

                    if (TColumns.Value > 3)
                    {
                        next += column;
                        y = TLanes.Load(in next[0]);
                        c03 = TLanes.MultiplyAdd(x0, y, c03);
                        c13 = TLanes.MultiplyAdd(x1, y, c13);
                        c23 = TRows.Value > 2 ? TLanes.MultiplyAdd(x2, y, c23) : c23;
                        c33 = TRows.Value > 2 ? TLanes.MultiplyAdd(x3, y, c33) : c33;
                    }

                    if (TColumns.Value > 4)
                    {
                        next += column;
                        y = TLanes.Load(in next[0]);
                        c04 = TLanes.MultiplyAdd(x0, y, c04);
                        c14 = TLanes.MultiplyAdd(x1, y, c14);
                        c24 = TRows.Value > 2 ? TLanes.MultiplyAdd(x2, y, c24) : c24;
                        c34 = TRows.Value > 2 ? TLanes.MultiplyAdd(x3, y, c34) : c34;
                    }

                    if (TColumns.Value > 5)
                    {
                        next += column;
                        y = TLanes.Load(in next[0]);
                        c05 = TLanes.MultiplyAdd(x0, y, c05);
                        c15 = TLanes.MultiplyAdd(x1, y, c15);
                        c25 = TRows.Value > 2 ? TLanes.MultiplyAdd(x2, y, c25) : c25;
                        c35 = TRows.Value > 2 ? TLanes.MultiplyAdd(x3, y, c35) : c35;
                    }

                    a += LaneSums.Count;
                    b += LaneSums.Count;
                }
            }

            Store<TLanes, TColumns>(sums, c00, c01, c02, c03, c04, c05);

            if (rows > 1)
            {
                Store<TLanes, TColumns>(sums1, c10, c11, c12, c13, c14, c15);
            }

            if (TRows.Value > 2 && rows > 2)
            {
                Store<TLanes, TColumns>(sums2, c20, c21, c22, c23, c24, c25);
            }

            if (TRows.Value > 2 && rows > 3)
            {
                Store<TLanes, TColumns>(sums3, c30, c31, c32, c33, c34, c35);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes, TColumns>(T* sums, TLanes c0, TLanes c1, TLanes c2, TLanes c3, TLanes c4, TLanes c5)
        where TLanes : struct, ILanes<TLanes, T>
        where TColumns : struct, ITileSize
    {
        TLanes.Store(c0, ref sums[0]);
        if (TColumns.Value > 1)
        {
            TLanes.Store(c1, ref sums[LaneSums.Count]);
        }

        if (TColumns.Value > 2)
        {
            TLanes.Store(c2, ref sums[2 * LaneSums.Count]);
        }

        if (TColumns.Value > 3)
        {
            TLanes.Store(c3, ref sums[3 * LaneSums.Count]);
        }

        if (TColumns.Value > 4)
        {
            TLanes.Store(c4, ref sums[4 * LaneSums.Count]);
        }

        if (TColumns.Value > 5)
        {
            TLanes.Store(c5, ref sums[5 * LaneSums.Count]);
        }
    }
}
