using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The register tile of one instruction set, and the layout in which it reads B.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal abstract unsafe class GemmKernel<T>
    where T : unmanaged
{
    /// <summary>The rows of C that a tile has at most.</summary>
    public abstract int TileRows { get; }

    /// <summary>The rows of C that a tile of one vector has at most: more, because one vector a row leaves registers free and
    /// few sums do not hide the latency of the multiply-add.</summary>
    public virtual int NarrowTileRows => TileRows;

    /// <summary>The elements of a vector.</summary>
    public abstract int VectorWidth { get; }

    /// <summary>The vectors that a tile is wide at most.</summary>
    public abstract int TileVectors { get; }

    /// <summary>The rows of the next tile where some are left: two tiles of about half the rows instead of a whole one and one of few, which waits for its sums.</summary>
    public int RowsOfTile(int left) =>
        left > TileRows && left < TileRows + (TileRows / 2) ? (((left + 1) / 2) + 1) & ~1 : Math.Min(left, TileRows);

    /// <summary>Whether the kernel heeds <see cref="GemmTile{T}.Tail"/>: it has masked loads and stores that cost nothing.</summary>
    public virtual bool MasksTails => false;

    /// <summary>
    /// Whether the kernel heeds <see cref="GemmTile{T}.Copy"/>: the stores go beside the multiply-adds, which pays where vectors are narrow and B is read often.
    /// </summary>
    public virtual bool CopiesB => false;

    /// <summary>The rows of A from which packing B pays although B stays in a cache: narrow vectors use little of each line
    /// and page of B that they touch.</summary>
    public virtual int RowsThatPayPacking => int.MaxValue;

    /// <summary>Computes one tile.</summary>
    /// <param name="tile">What to compute.</param>
    /// <param name="vectors">The tile's width in vectors, 1 to <see cref="TileVectors"/>.</param>
    public abstract void Compute(in GemmTile<T> tile, int vectors);

    /// <summary>The factor of what <see cref="AddRows"/> takes.</summary>
    public const int RowsAtOnce = 8;

    /// <summary>sums[j] = fma(a[p], B[p,j], sums[j]) for p from 0 to <paramref name="depth"/> in order: a product with a single row.</summary>
    /// <param name="a">The row's first element.</param>
    /// <param name="aStride">From a[p] to a[p+1].</param>
    /// <param name="b">B[0,0].</param>
    /// <param name="bRowStride">From B[p,j] to B[p+1,j].</param>
    /// <param name="depth">The rows of B, a multiple of <see cref="RowsAtOnce"/>.</param>
    /// <param name="columns">The columns of B, whole vectors.</param>
    /// <param name="sums">The sums, read and written.</param>
    public abstract void AddRows(T* a, nint aStride, T* b, nint bRowStride, int depth, int columns, T* sums);

    /// <summary>
    /// Copies the [depth, columns] block of op(B) at <paramref name="source"/> to consecutive rows of <paramref name="width"/>
    /// elements, the columns beyond it zero.
    /// </summary>
    /// <param name="source">The block's first element.</param>
    /// <param name="rowStride">From op(B)[p,j] to op(B)[p+1,j].</param>
    /// <param name="columnStride">From op(B)[p,j] to op(B)[p,j+1]; 1 unless B is read transposed, and then the other stride is 1.</param>
    /// <param name="depth">Rows to copy.</param>
    /// <param name="columns">Columns to copy, at most <paramref name="width"/>.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="width">The distance between the copied rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public virtual void Pack(T* source, nint rowStride, nint columnStride, int depth, int columns, T* destination, int width)
    {
        for (int p = 0; p < depth; p++)
        {
            T* row = source + (p * rowStride);
            for (int j = 0; j < columns; j++)
            {
                destination[j] = row[j * columnStride];
            }

            for (int j = columns; j < width; j++)
            {
                destination[j] = default;
            }

            destination += width;
        }
    }

    /// <summary>
    /// Copies columns that lie consecutively in memory to rows that are <paramref name="distance"/> apart, the elements beyond the last column, to whole
    /// vectors of <paramref name="width"/>, zero: destination[p · distance + j] = source[p + j · columnStride].
    /// </summary>
    /// <param name="source">The first element.</param>
    /// <param name="columnStride">From one column to the next.</param>
    /// <param name="depth">The elements of a column: the rows to write.</param>
    /// <param name="columns">The columns that there are, at most <paramref name="width"/>.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="width">The elements of a row to write, whole vectors.</param>
    /// <param name="distance">From one written row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public virtual void Transpose(T* source, nint columnStride, int depth, int columns, T* destination, int width, nint distance)
    {
        for (int p = 0; p < depth; p++)
        {
            T* row = destination + (p * distance);
            for (int j = 0; j < columns; j++)
            {
                row[j] = source[p + (j * columnStride)];
            }

            for (int j = columns; j < width; j++)
            {
                row[j] = default;
            }
        }
    }
}
