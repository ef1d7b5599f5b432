using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The traversal of binary operations with NumPy broadcasting, for all element types. Allocates nothing.</summary>
internal static class BroadcastLoop
{
    /// <summary>z = f(x, y) with both operands broadcast to z's shape.</summary>
    public static void Run<TBody, TX, TY, TZ>(ReadOnlySpan<TX> x, Shape xShape, ReadOnlySpan<TY> y, Shape yShape, Span<TZ> z, Shape zShape)
        where TBody : IBroadcastBody<TX, TY, TZ>
    {
        if (z.Length == 0)
        {
            return;
        }

        if (x.Length == z.Length && y.Length == z.Length)
        {
            for (int i = 0; i < z.Length; i++)
            {
                z[i] = TBody.Invoke(x[i], y[i]);
            }

            return;
        }

        Span<int> xStrides = stackalloc int[Shape.MaxRank];
        Span<int> yStrides = stackalloc int[Shape.MaxRank];
        Span<int> index = stackalloc int[Shape.MaxRank];
        FillStrides(xShape, zShape.Rank, xStrides);
        FillStrides(yShape, zShape.Rank, yStrides);
        index.Clear();
        int inner = zShape.Rank == 0 ? 1 : zShape[^1];
        int xStep = zShape.Rank == 0 ? 0 : xStrides[zShape.Rank - 1];
        int yStep = zShape.Rank == 0 ? 0 : yStrides[zShape.Rank - 1];
        int xOffset = 0;
        int yOffset = 0;
        for (int row = 0; row < z.Length; row += inner)
        {
            Span<TZ> target = z.Slice(row, inner);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = TBody.Invoke(x[xOffset + (i * xStep)], y[yOffset + (i * yStep)]);
            }

            for (int axis = zShape.Rank - 2; axis >= 0; axis--)
            {
                xOffset += xStrides[axis];
                yOffset += yStrides[axis];
                if (++index[axis] < zShape[axis])
                {
                    break;
                }

                xOffset -= xStrides[axis] * zShape[axis];
                yOffset -= yStrides[axis] * zShape[axis];
                index[axis] = 0;
            }
        }
    }

    /// <summary>Row-major strides of a shape aligned at the end of a greater rank; 0 where it is repeated.</summary>
    public static void FillStrides(Shape shape, int rank, Span<int> strides)
    {
        strides[..rank].Clear();
        int stride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[rank - shape.Rank + axis] = shape[axis] == 1 ? 0 : stride;
            stride *= shape[axis];
        }
    }
}
