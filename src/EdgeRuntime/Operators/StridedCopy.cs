using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// y[i₀, i₁, …] = x[offset + Σ iₖ · strideₖ]: transposition, slicing and expansion are this copy with other strides.
/// Allocates nothing; every read is bounds-checked.
/// </summary>
internal static class StridedCopy
{
    // A square of this many elements a side is transposed at a time, so that both sides stay in the first-level cache.
    private const int Tile = 16;

    /// <summary>Fills y, whose dimensions are <paramref name="sizes"/>.</summary>
    public static void Run<T>(ReadOnlySpan<T> x, int offset, ReadOnlySpan<int> strides, ReadOnlySpan<int> sizes, Span<T> y)
    {
        if (y.Length == 0)
        {
            return;
        }

        Span<int> dims = stackalloc int[Shape.MaxRank + 1];
        Span<int> steps = stackalloc int[Shape.MaxRank + 1];
        int rank = Collapse(strides, sizes, steps, dims);
        Span<int> index = stackalloc int[Shape.MaxRank + 1];
        index.Clear();
        int columns = dims[rank - 1];
        int step = steps[rank - 1];
        if (rank >= 2 && step != 1 && steps[rank - 2] == 1)
        {
            Transposed(x, offset, steps[..rank], dims[..rank], index, y);
            return;
        }

        for (int row = 0; row < y.Length; row += columns)
        {
            CopyRow(x, offset, step, y.Slice(row, columns));
            offset = Advance(rank - 2, offset, steps, dims, index);
        }
    }

    private static void CopyRow<T>(ReadOnlySpan<T> x, int offset, int step, Span<T> y)
    {
        if (step == 1)
        {
            x.Slice(offset, y.Length).CopyTo(y);
        }
        else if (step == 0)
        {
            y.Fill(x[offset]);
        }
        else
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = x[offset + (i * step)];
            }
        }
    }

    private static void Transposed<T>(ReadOnlySpan<T> x, int offset, ReadOnlySpan<int> steps, ReadOnlySpan<int> dims, Span<int> index, Span<T> y)
    {
        int rank = dims.Length;
        int rows = dims[rank - 2];
        int columns = dims[rank - 1];
        int step = steps[rank - 1];
        for (int start = 0; start < y.Length; start += rows * columns)
        {
            Span<T> matrix = y.Slice(start, rows * columns);
            for (int r = 0; r < rows; r += Tile)
            {
                int rowEnd = Math.Min(rows, r + Tile);
                for (int c = 0; c < columns; c += Tile)
                {
                    int columnEnd = Math.Min(columns, c + Tile);
                    for (int i = r; i < rowEnd; i++)
                    {
                        for (int j = c; j < columnEnd; j++)
                        {
                            matrix[(i * columns) + j] = x[offset + i + (j * step)];
                        }
                    }
                }
            }

            offset = Advance(rank - 3, offset, steps, dims, index);
        }
    }

    private static int Advance(int axis, int offset, ReadOnlySpan<int> steps, ReadOnlySpan<int> dims, Span<int> index)
    {
        for (; axis >= 0; axis--)
        {
            offset += steps[axis];
            if (++index[axis] < dims[axis])
            {
                break;
            }

            offset -= steps[axis] * dims[axis];
            index[axis] = 0;
        }

        return offset;
    }

    // Axes of size 1 go, and neighbours that step through x as one axis would become one.
    private static int Collapse(ReadOnlySpan<int> strides, ReadOnlySpan<int> sizes, Span<int> steps, Span<int> dims)
    {
        int rank = 0;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] == 1)
            {
                continue;
            }

            if (rank > 0 && steps[rank - 1] == strides[axis] * sizes[axis])
            {
                dims[rank - 1] *= sizes[axis];
                steps[rank - 1] = strides[axis];
            }
            else
            {
                dims[rank] = sizes[axis];
                steps[rank++] = strides[axis];
            }
        }

        if (rank == 0)
        {
            dims[0] = 1;
            steps[0] = 1;
            rank = 1;
        }

        return rank;
    }
}
