using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>The operators written naively, one element at a time in float64, from their definitions.</summary>
internal static class Reference
{
    public static Tensor Map(Tensor x, Func<double, double> f) => Elements.From(x.ElementType, x.Shape, Array.ConvertAll(Elements.Of(x), y => f(y)));

    public static Tensor Zip(ElementType type, Tensor x, Tensor y, Func<double, double, double> f)
    {
        Shape shape = Shape.Broadcast(x.Shape, y.Shape);
        double[] a = Elements.Of(x);
        double[] b = Elements.Of(y);
        return Build(type, shape, index => f(a[OffsetOf(index, x.Shape)], b[OffsetOf(index, y.Shape)]));
    }

    public static Tensor Zip(Tensor x, Tensor y, Func<double, double, double> f) => Zip(x.ElementType, x, y, f);

    public static Tensor Where(Tensor condition, Tensor x, Tensor y)
    {
        Shape shape = Shape.Broadcast(Shape.Broadcast(condition.Shape, x.Shape), y.Shape);
        (double[] c, double[] a, double[] b) = (Elements.Of(condition), Elements.Of(x), Elements.Of(y));
        return Build(x.ElementType, shape, index => c[OffsetOf(index, condition.Shape)] != 0 ? a[OffsetOf(index, x.Shape)] : b[OffsetOf(index, y.Shape)]);
    }

    public static Tensor Transpose(Tensor x, params int[] perm)
    {
        double[] values = Elements.Of(x);
        Shape shape = new([.. perm.Select(axis => x.Shape[axis])]);
        return Build(x.ElementType, shape, index =>
        {
            var source = new int[perm.Length];
            for (int i = 0; i < perm.Length; i++)
            {
                source[perm[i]] = index[i];
            }

            return values[OffsetOf(source, x.Shape)];
        });
    }

    public static Tensor Reduce(Tensor x, int[] axes, bool keepDims, double seed, Func<double, double, double> combine, bool mean = false)
    {
        double[] values = Elements.Of(x);
        Shape kept = new([.. Enumerable.Range(0, x.Shape.Rank).Select(axis => axes.Contains(axis) ? 1 : x.Shape[axis])]);
        double[] result = [.. Enumerable.Repeat(seed, kept.Length)];
        var index = new int[x.Shape.Rank];
        for (int i = 0; i < values.Length; i++)
        {
            int target = OffsetOf(index, kept);
            result[target] = combine(result[target], values[i]);
            Next(index, x.Shape);
        }

        int count = axes.Aggregate(1, (product, axis) => product * x.Shape[axis]);
        Shape shape = keepDims ? kept : new([.. Enumerable.Range(0, x.Shape.Rank).Where(axis => !axes.Contains(axis)).Select(axis => x.Shape[axis])]);
        return Elements.From(x.ElementType, shape, mean ? Array.ConvertAll(result, y => y / count) : result);
    }

    public static Tensor Arg(Tensor x, int axis, bool keepDims, Func<double, double, bool> moreExtreme, bool last)
    {
        double[] values = Elements.Of(x);
        Shape kept = new([.. Enumerable.Range(0, x.Shape.Rank).Select(i => i == axis ? 1 : x.Shape[i])]);
        Shape shape = keepDims ? kept : new([.. Enumerable.Range(0, x.Shape.Rank).Where(i => i != axis).Select(i => x.Shape[i])]);
        return Build(ElementType.Int64, kept, index =>
        {
            int best = 0;
            int[] at = [.. index];
            double extreme = values[OffsetOf(at, x.Shape)];
            for (int i = 1; i < x.Shape[axis]; i++)
            {
                at[axis] = i;
                double value = values[OffsetOf(at, x.Shape)];
                if (moreExtreme(value, extreme) || (last && value == extreme))
                {
                    (best, extreme) = (i, value);
                }
            }

            return best;
        }).Reshape(shape);
    }

    public static Tensor Softmax(Tensor x, int axis, bool log)
    {
        double[] values = Elements.Of(x);
        return Build(x.ElementType, x.Shape, index =>
        {
            double sum = 0;
            int[] at = [.. index];
            for (int i = 0; i < x.Shape[axis]; i++)
            {
                at[axis] = i;
                sum += Math.Exp(values[OffsetOf(at, x.Shape)]);
            }

            double value = values[OffsetOf(index, x.Shape)];
            return log ? value - Math.Log(sum) : Math.Exp(value) / sum;
        });
    }

    public static Tensor MatMul(Tensor a, Tensor b)
    {
        Shape left = a.Shape.Rank == 1 ? [1, a.Shape[0]] : a.Shape;
        Shape right = b.Shape.Rank == 1 ? [b.Shape[0], 1] : b.Shape;
        Shape batch = Shape.Broadcast(new(left.Dimensions[..^2]), new(right.Dimensions[..^2]));
        Shape full = new([.. batch.Dimensions, left[^2], right[^1]]);
        (double[] x, double[] y) = (Elements.Of(a), Elements.Of(b));
        Tensor product = Build(a.ElementType, full, index =>
        {
            double sum = 0;
            for (int k = 0; k < left[^1]; k++)
            {
                sum += x[OffsetOf([.. index[..^1], k], left)] * y[OffsetOf([.. index[..^2], k, index[^1]], right)];
            }

            return sum;
        });
        return product.Reshape(new([.. batch.Dimensions, .. a.Shape.Rank == 1 ? Array.Empty<int>() : [left[^2]], .. b.Shape.Rank == 1 ? Array.Empty<int>() : [right[^1]]]));
    }

    public static Tensor Gemm(Tensor a, Tensor b, Tensor? c, double alpha, double beta, bool transA, bool transB)
    {
        Tensor product = MatMul(transA ? Transpose(a, 1, 0) : a, transB ? Transpose(b, 1, 0) : b);
        product = Map(product, x => alpha * x);
        return c is null ? product : Zip(product, c, (x, y) => x + (beta * y));
    }

    public static Tensor Gather(Tensor x, long[] indices, Shape indexShape, int axis)
    {
        double[] values = Elements.Of(x);
        Shape shape = new([.. x.Shape.Dimensions[..axis], .. indexShape.Dimensions, .. x.Shape.Dimensions[(axis + 1)..]]);
        return Build(x.ElementType, shape, index =>
        {
            long at = indices[OffsetOf(index[axis..(axis + indexShape.Rank)], indexShape)];
            return values[OffsetOf([.. index[..axis], (int)(at < 0 ? at + x.Shape[axis] : at), .. index[(axis + indexShape.Rank)..]], x.Shape)];
        });
    }

    /// <summary>A tensor whose elements follow from their indices.</summary>
    public static Tensor Build(ElementType type, Shape shape, Func<int[], double> element)
    {
        var values = new double[shape.Length];
        var index = new int[shape.Rank];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = element(index);
            Next(index, shape);
        }

        return Elements.From(type, shape, values);
    }

    // The position of an index in a shape that may be of lower rank and may stretch sizes of 1.
    private static int OffsetOf(int[] index, Shape shape)
    {
        int offset = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            int i = index[index.Length - shape.Rank + axis];
            offset = (offset * shape[axis]) + (shape[axis] == 1 ? 0 : i);
        }

        return offset;
    }

    private static void Next(int[] index, Shape shape)
    {
        for (int axis = shape.Rank - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
        {
            index[axis] = 0;
        }
    }
}
