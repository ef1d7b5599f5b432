using Toolkit.Numerics;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Operators over spatial axes, written naively in float64 from their definitions, for any number of axes.</summary>
internal static class SpatialReference
{
    public static Tensor Conv(O.Conv op, Tensor x, Tensor w, Tensor? bias)
    {
        (double[] xs, double[] ws) = (Elements.Of(x), Elements.Of(w));
        double[]? bs = bias is null ? null : Elements.Of(bias);
        int group = (int)op.Group;
        int perGroup = w.Shape[0] / group;
        Shape y = new([x.Shape[0], w.Shape[0], .. Spatial(x, axis => Windows(op, x, axis, w.Shape[axis + 2], false))]);
        return Reference.Build(x.ElementType, y, index =>
        {
            double sum = bs is null ? 0 : bs[index[1]];
            foreach (int[] tap in Indices(w.Shape.Dimensions[1..].ToArray()))
            {
                int[] at = [index[0], (index[1] / perGroup * w.Shape[1]) + tap[0], .. Positions(op, index[2..], tap[1..])];
                sum += Inside(at, x.Shape) ? xs[Offset(at, x.Shape)] * ws[Offset([index[1], .. tap], w.Shape)] : 0;
            }

            return sum;
        });
    }

    public static Tensor ConvTranspose(O.ConvTranspose op, Tensor x, Tensor w, Tensor? bias)
    {
        (double[] xs, double[] ws) = (Elements.Of(x), Elements.Of(w));
        int group = (int)op.Group;
        int rows = w.Shape[0] / group;
        Shape y = new([x.Shape[0], w.Shape[1] * group, .. Spatial(x, axis => (int)(
            (op.Stride(axis) * (x.Shape[axis + 2] - 1)) + (op.OutputPadding?[axis] ?? 0) + ((w.Shape[axis + 2] - 1) * op.Dilation(axis)) + 1 - op.PadBegin(axis) - op.PadEnd(axis)))]);
        var sums = new double[y.Length];
        foreach (int[] from in Indices(x.Shape.Dimensions.ToArray()))
        {
            foreach (int[] tap in Indices(w.Shape.Dimensions[1..].ToArray()))
            {
                int[] at = [from[0], (from[1] / rows * w.Shape[1]) + tap[0], .. Positions(op, from[2..], tap[1..])];
                if (Inside(at, y))
                {
                    sums[Offset(at, y)] += xs[Offset(from, x.Shape)] * ws[Offset([from[1], .. tap], w.Shape)];
                }
            }
        }

        double[]? bs = bias is null ? null : Elements.Of(bias);
        return Reference.Build(x.ElementType, y, index => sums[Offset(index, y)] + (bs is null ? 0 : bs[index[1]]));
    }

    /// <summary>The maxima and where they lie.</summary>
    public static (Tensor Y, Tensor Indices) MaxPool(O.MaxPool op, Tensor x)
    {
        double[] xs = Elements.Of(x);
        Shape y = PoolShape(op, x);
        var places = new double[y.Length];
        int next = 0;
        Tensor maxima = Reference.Build(x.ElementType, y, index =>
        {
            double best = double.NegativeInfinity;
            int[]? place = null;
            foreach (int[] tap in Indices([.. op.KernelShape.Select(size => (int)size)]))
            {
                int[] at = [index[0], index[1], .. Positions(op, index[2..], tap)];
                if (Inside(at, x.Shape) && (place is null || xs[Offset(at, x.Shape)] > best))
                {
                    (best, place) = (xs[Offset(at, x.Shape)], at);
                }
            }

            places[next++] = op.ColumnMajorIndices ? ColumnMajor(place!, x.Shape) : Offset(place!, x.Shape);
            return best;
        });
        return (maxima, Elements.From(ElementType.Int64, y, places));
    }

    public static Tensor AveragePool(O.AveragePool op, Tensor x)
    {
        double[] xs = Elements.Of(x);
        return Reference.Build(x.ElementType, PoolShape(op, x), index =>
        {
            double sum = 0;
            int count = 0;
            foreach (int[] tap in Indices([.. op.KernelShape.Select(size => (int)size)]))
            {
                int[] spatial = Positions(op, index[2..], tap);
                int[] at = [index[0], index[1], .. spatial];
                bool isInside = Inside(at, x.Shape);
                bool isPadding = Enumerable.Range(0, spatial.Length).All(axis => spatial[axis] < x.Shape[axis + 2] + op.PadEnd(axis));
                sum += isInside ? xs[Offset(at, x.Shape)] : 0;
                count += isInside || (op.CountIncludePad && isPadding) ? 1 : 0;
            }

            return sum / count;
        });
    }

    public static Tensor NormPool(O.LpPool op, Tensor x)
    {
        double[] xs = Elements.Of(x);
        return Reference.Build(x.ElementType, PoolShape(op, x), index =>
        {
            double sum = 0;
            foreach (int[] tap in Indices([.. op.KernelShape.Select(size => (int)size)]))
            {
                int[] at = [index[0], index[1], .. Positions(op, index[2..], tap)];
                sum += Inside(at, x.Shape) ? Math.Pow(Math.Abs(xs[Offset(at, x.Shape)]), op.P) : 0;
            }

            return Math.Pow(sum, 1 / op.P);
        });
    }

    public static Tensor Global(Tensor x, Func<IEnumerable<double>, double> reduce)
    {
        double[] xs = Elements.Of(x);
        int plane = x.Shape.LengthOf(2..);
        return Reference.Build(
            x.ElementType, new([x.Shape[0], x.Shape[1], .. Spatial(x, _ => 1)]), index => reduce(xs.Skip(((index[0] * x.Shape[1]) + index[1]) * plane).Take(plane)));
    }

    public static Tensor BatchNormalization(Tensor x, double[] scale, double[] bias, double[] mean, double[] variance, double epsilon)
    {
        double[] xs = Elements.Of(x);
        return Reference.Build(x.ElementType, x.Shape, index =>
            ((xs[Offset(index, x.Shape)] - mean[index[1]]) / Math.Sqrt(variance[index[1]] + epsilon) * scale[index[1]]) + bias[index[1]]);
    }

    public static Tensor ResponseNormalization(O.LRN op, Tensor x)
    {
        double[] xs = Elements.Of(x);
        return Reference.Build(x.ElementType, x.Shape, index =>
        {
            double sum = 0;
            for (int channel = 0; channel < x.Shape[1]; channel++)
            {
                int distance = channel - index[1];
                bool isNear = distance >= -((op.Size - 1) / 2) && distance <= op.Size - 1 - ((op.Size - 1) / 2);
                sum += isNear ? Math.Pow(xs[Offset([index[0], channel, .. index[2..]], x.Shape)], 2) : 0;
            }

            return xs[Offset(index, x.Shape)] / Math.Pow(op.Bias + (op.Alpha / op.Size * sum), op.Beta);
        });
    }

    /// <summary>Normalises over the axes from one on that belong together with an element's index.</summary>
    public static Tensor Normalize(Tensor x, int axis, double epsilon, Func<int[], double> scale, Func<int[], double> bias)
    {
        double[] xs = Elements.Of(x);
        int columns = x.Shape.LengthOf(axis..);
        return Reference.Build(x.ElementType, x.Shape, index =>
        {
            double[] row = [.. xs.Skip(Offset(index, x.Shape) / columns * columns).Take(columns)];
            double mean = row.Average();
            double variance = row.Average(value => (value - mean) * (value - mean));
            return ((xs[Offset(index, x.Shape)] - mean) / Math.Sqrt(variance + epsilon) * scale(index)) + bias(index);
        });
    }

    public static Tensor Pad(Tensor x, int[] begins, int[] ends, O.PadMode mode, double constant)
    {
        double[] xs = Elements.Of(x);
        Shape y = new([.. Enumerable.Range(0, x.Shape.Rank).Select(axis => x.Shape[axis] + begins[axis] + ends[axis])]);
        return Reference.Build(x.ElementType, y, index =>
        {
            var at = new int[index.Length];
            for (int axis = 0; axis < at.Length; axis++)
            {
                int size = x.Shape[axis];
                int i = index[axis] - begins[axis];
                at[axis] = mode switch
                {
                    O.PadMode.Reflect => i < 0 ? -i : i >= size ? (2 * size) - 2 - i : i,
                    O.PadMode.Edge => Math.Clamp(i, 0, size - 1),
                    O.PadMode.Wrap => ((i % size) + size) % size,
                    _ => i,
                };
            }

            return Inside(at, x.Shape) ? xs[Offset(at, x.Shape)] : constant;
        });
    }

    /// <summary>Resizes by the weight of every input element on every axis.</summary>
    public static Tensor Resize(Tensor x, int[] sizes, Func<int, int, IEnumerable<(int Index, double Weight)>> taps)
    {
        double[] xs = Elements.Of(x);
        return Reference.Build(x.ElementType, new(sizes), index =>
        {
            IEnumerable<(int[] At, double Weight)> parts = [([], 1)];
            for (int axis = 0; axis < sizes.Length; axis++)
            {
                int a = axis;
                parts = [.. parts.SelectMany(part => taps(a, index[a]).Select(tap => ((int[])[.. part.At, tap.Index], part.Weight * tap.Weight)))];
            }

            return parts.Sum(part => xs[Offset(part.At, x.Shape)] * part.Weight);
        });
    }

    private static Shape PoolShape(O.PoolOperator op, Tensor x) =>
        new([x.Shape[0], x.Shape[1], .. Spatial(x, axis => Windows(op, x, axis, (int)op.KernelShape[axis], op.CeilMode))]);

    private static int[] Spatial(Tensor x, Func<int, int> size) => [.. Enumerable.Range(0, x.Shape.Rank - 2).Select(size)];

    private static int Windows(O.WindowOperator op, Tensor x, int axis, int kernel, bool ceil)
    {
        double free = x.Shape[axis + 2] + op.PadBegin(axis) + op.PadEnd(axis) - ((kernel - 1) * op.Dilation(axis)) - 1;
        int windows = (int)(ceil ? Math.Ceiling(free / op.Stride(axis)) : Math.Floor(free / op.Stride(axis))) + 1;
        return ceil && (windows - 1) * op.Stride(axis) >= x.Shape[axis + 2] + op.PadBegin(axis) ? windows - 1 : windows;
    }

    private static int[] Positions(O.WindowOperator op, int[] window, int[] tap) =>
        [.. Enumerable.Range(0, window.Length).Select(axis => (int)((window[axis] * op.Stride(axis)) + (tap[axis] * op.Dilation(axis)) - op.PadBegin(axis)))];

    private static IEnumerable<int[]> Indices(int[] sizes)
    {
        int count = sizes.Aggregate(1, (product, size) => product * size);
        for (int i = 0; i < count; i++)
        {
            var index = new int[sizes.Length];
            int rest = i;
            for (int axis = sizes.Length - 1; axis >= 0; axis--)
            {
                index[axis] = rest % sizes[axis];
                rest /= sizes[axis];
            }

            yield return index;
        }
    }

    private static bool Inside(int[] index, Shape shape) => Enumerable.Range(0, index.Length).All(axis => index[axis] >= 0 && index[axis] < shape[axis]);

    private static int Offset(int[] index, Shape shape)
    {
        int offset = 0;
        for (int axis = 0; axis < index.Length; axis++)
        {
            offset = (offset * shape[axis]) + index[axis];
        }

        return offset;
    }

    private static double ColumnMajor(int[] index, Shape shape)
    {
        int offset = (index[0] * shape[1]) + index[1];
        int place = 0;
        for (int axis = index.Length - 1; axis >= 2; axis--)
        {
            place = (place * shape[axis]) + index[axis];
        }

        return (offset * shape.LengthOf(2..)) + place;
    }
}
