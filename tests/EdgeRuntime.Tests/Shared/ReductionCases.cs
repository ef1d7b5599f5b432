using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of reductions, running results and normalisations.</summary>
internal static class ReductionCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Reductions(), .. Empty(), .. Integers(), .. Bools(), .. Halves(), .. Cumulative(), .. Normalizations()];

    private static IEnumerable<OperatorCase> Reductions()
    {
        var random = new RandomTensors(21);
        int[][] axes = [[0], [1], [2], [0, 2], [1, 2], [0, 1, 2], [0, 1]];
        foreach (int[] list in axes)
        {
            Tensor named = Tensor.From([list.Length], Array.ConvertAll(list, axis => (long)axis));
            foreach (bool keep in new[] { true, false })
            {
                foreach (Tensor x in new Tensor[] { random.Float(3, 4, 7), random.Double(3, 4, 7) })
                {
                    string text = $"{x.ElementType} over [{string.Join(',', list)}] keep {keep}";
                    Tensor positive = Reference.Map(x, y => Math.Abs(y) + 0.1);
                    yield return new($"ReduceL1 {text}", new O.ReduceL1(keep), [x, named], Reference.Reduce(x, list, keep, 0, (a, b) => a + Math.Abs(b)));
                    yield return new($"ReduceL2 {text}", new O.ReduceL2(keep), [x, named], Finished(x, list, keep, (a, b) => a + (b * b), Math.Sqrt));
                    yield return new($"ReduceLogSum {text}", new O.ReduceLogSum(keep), [positive, named], Finished(positive, list, keep, (a, b) => a + b, Math.Log));
                    yield return new($"ReduceLogSumExp {text}", new O.ReduceLogSumExp(keep), [x, named], Finished(x, list, keep, (a, b) => a + Math.Exp(b), Math.Log));
                    yield return new($"ReduceProd {text}", new O.ReduceProd(keep), [x, named], Reference.Reduce(x, list, keep, 1, (a, b) => a * b));
                    yield return new($"ReduceSumSquare {text}", new O.ReduceSumSquare(keep), [x, named], Reference.Reduce(x, list, keep, 0, (a, b) => a + (b * b)));
                }
            }
        }

        Tensor large = Tensor.From([2, 2], 1000f, 1000f, -1000f, -1001f);
        yield return new("ReduceLogSumExp does not overflow", new O.ReduceLogSumExp(false), [large, Tensor.Vector(1L)], Tensor.Vector((float)(1000 + Math.Log(2)), (float)(-1000 + Math.Log(1 + Math.Exp(-1)))));
        Tensor ends = Tensor.From([2, 2], float.PositiveInfinity, 1f, float.NegativeInfinity, float.NegativeInfinity);
        yield return new("ReduceLogSumExp of infinities", new O.ReduceLogSumExp(false), [ends, Tensor.Vector(1L)], Tensor.Vector(float.PositiveInfinity, float.NegativeInfinity));
        Tensor long_ = new RandomTensors(22).Float(1, 3001);
        yield return new("ReduceL2 of a long row", new O.ReduceL2(), [long_, Tensor.Vector(-1L)], Finished(long_, [1], true, (a, b) => a + (b * b), Math.Sqrt));
    }

    private static IEnumerable<OperatorCase> Empty()
    {
        Tensor x = new Tensor<float>([2, 0, 3]);
        Tensor axis = Tensor.Vector(1L);
        (Operator Op, float Value)[] cases =
        [
            (new O.ReduceL1(), 0), (new O.ReduceL2(), 0), (new O.ReduceLogSum(), float.NegativeInfinity), (new O.ReduceLogSumExp(), float.NegativeInfinity),
            (new O.ReduceProd(), 1), (new O.ReduceSumSquare(), 0),
        ];
        foreach ((Operator op, float value) in cases)
        {
            yield return new($"{op.OpType} of nothing", op, [x, axis], Tensor.Full([2, 1, 3], value));
        }

        Tensor y = Tensor.Vector(-2f, 3f);
        Tensor none = new Tensor<long>([0]);
        yield return new("ReduceL1 without axes", new O.ReduceL1(true, NoopWithEmptyAxes: true), [y, none], Tensor.Vector(2f, 3f));
        yield return new("ReduceSumSquare without axes", new O.ReduceSumSquare(true, NoopWithEmptyAxes: true), [y, none], Tensor.Vector(4f, 9f));
        yield return new("ReduceLogSumExp without axes", new O.ReduceLogSumExp(true, NoopWithEmptyAxes: true), [y, none], y);
        yield return new("ReduceProd of all", new O.ReduceProd(false), [y], Tensor.Scalar(-6f));
    }

    private static IEnumerable<OperatorCase> Integers()
    {
        double[] values = [1, 2, 3, 3, 4, 5];
        Tensor axis = Tensor.Vector(1L);
        foreach (ElementType type in new[] { ElementType.Int32, ElementType.Int64, ElementType.UInt32, ElementType.UInt64 })
        {
            Tensor x = Elements.From(type, [2, 3], values);
            yield return new($"ReduceL1 {type}", new O.ReduceL1(false), [x, axis], Elements.From(type, [2], [6, 12]));
            yield return new($"ReduceL2 {type}", new O.ReduceL2(false), [x, axis], Elements.From(type, [2], [3, 7]));
            yield return new($"ReduceLogSum {type}", new O.ReduceLogSum(false), [x, axis], Elements.From(type, [2], [1, 2]));
            yield return new($"ReduceLogSumExp {type}", new O.ReduceLogSumExp(false), [x, axis], Elements.From(type, [2], [3, 5]));
            yield return new($"ReduceProd {type}", new O.ReduceProd(false), [x, axis], Elements.From(type, [2], [6, 60]));
            yield return new($"ReduceSumSquare {type}", new O.ReduceSumSquare(false), [x, axis], Elements.From(type, [2], [14, 50]));
        }

        Tensor signed = Tensor.From([2, 2], -3, 2, 4, -5);
        yield return new("ReduceL1 of negative integers", new O.ReduceL1(false), [signed, Tensor.Vector(0L)], Tensor.Vector(7, 7));
        yield return new("ReduceMax uint8", new O.ReduceMax(false), [Tensor.From<byte>([2, 2], 3, 200, 5, 4), axis], Tensor.Vector<byte>(200, 5));
        yield return new("ReduceMin uint8", new O.ReduceMin(false), [Tensor.From<byte>([2, 2], 3, 200, 5, 4), axis], Tensor.Vector<byte>(3, 4));
    }

    private static IEnumerable<OperatorCase> Bools()
    {
        Tensor x = Tensor.From([3, 2], true, true, true, false, false, false);
        Tensor axis = Tensor.Vector(1L);
        yield return new("ReduceMax bool", new O.ReduceMax(), [x, axis], Tensor.From([3, 1], true, true, false));
        yield return new("ReduceMin bool", new O.ReduceMin(false), [x, axis], Tensor.Vector(true, false, false));
    }

    private static IEnumerable<OperatorCase> Halves()
    {
        // 2049 is no float16: a sum in float16 would stop at 2048.
        Tensor ones = Tensor.Full([1, 2050], (Half)1f);
        Tensor axis = Tensor.Vector(1L);
        yield return new("ReduceSum float16", new O.ReduceSum(), [ones, axis], Tensor.From([1, 1], (Half)2050f));
        yield return new("ReduceMean float16", new O.ReduceMean(), [ones, axis], Tensor.From([1, 1], (Half)1f));
        yield return new("ReduceL2 float16", new O.ReduceL2(), [Tensor.From([1, 2], (Half)3f, (Half)4f), axis], Tensor.From([1, 1], (Half)5f));
    }

    private static IEnumerable<OperatorCase> Cumulative()
    {
        var random = new RandomTensors(23);
        foreach (bool exclusive in new[] { false, true })
        {
            foreach (bool reverse in new[] { false, true })
            {
                foreach (int axis in new[] { 0, 1, -1 })
                {
                    Tensor x = random.Float(3, 4, 5);
                    int normal = axis < 0 ? 2 : axis;
                    string text = $"axis {axis} exclusive {exclusive} reverse {reverse}";
                    yield return new($"CumSum {text}", new O.CumSum(exclusive, reverse), [x, Tensor.Scalar(axis)], Running(x, normal, exclusive, reverse, 0, (a, b) => a + b));
                    yield return new($"CumProd {text}", new O.CumProd(exclusive, reverse), [x, Tensor.Scalar((long)axis)], Running(x, normal, exclusive, reverse, 1, (a, b) => a * b));
                }
            }
        }

        yield return new("CumSum int64", new O.CumSum(), [Tensor.Vector(1L, 2L, 3L), Tensor.Vector(0L)], Tensor.Vector(1L, 3L, 6L));
        yield return new("CumSum float64", new O.CumSum(), [Tensor.Vector(1.5, 2.5), Tensor.Scalar(0)], Tensor.Vector(1.5, 4.0));
        yield return new("CumProd int32", new O.CumProd(), [Tensor.Vector(2, 3, 4), Tensor.Scalar(0)], Tensor.Vector(2, 6, 24));
        yield return new("CumSum of nothing", new O.CumSum(), [new Tensor<float>([0, 3]), Tensor.Scalar(0)], new Tensor<float>([0, 3]));
    }

    private static IEnumerable<OperatorCase> Normalizations()
    {
        var random = new RandomTensors(24);
        yield return new("Hardmax takes the first of equals", new O.Hardmax(), [Tensor.From([2, 3], 1f, 3f, 3f, 2f, 2f, 1f)], Tensor.From([2, 3], 0f, 1f, 0f, 1f, 0f, 0f));
        yield return new("Hardmax along the first axis", new O.Hardmax(0), [Tensor.From([2, 3], 1f, 3f, 0f, 2f, 2f, 1f)], Tensor.From([2, 3], 0f, 1f, 0f, 1f, 0f, 1f));
        yield return new("Hardmax float64", new O.Hardmax(1), [Tensor.From([1, 2], -1.0, -2.0)], Tensor.From([1, 2], 1.0, 0.0));
        foreach (int axis in new[] { -1, 0, 1 })
        {
            Tensor x = random.Float(3, 4, 5);
            int normal = axis < 0 ? 2 : axis;
            Tensor absolute = Reference.Reduce(x, [normal], true, 0, (a, b) => a + Math.Abs(b));
            Tensor euclidean = Finished(x, [normal], true, (a, b) => a + (b * b), Math.Sqrt);
            yield return new($"LpNormalization p 1 axis {axis}", new O.LpNormalization(axis, 1), [x], Reference.Zip(x, absolute, (a, b) => a / b));
            yield return new($"LpNormalization p 2 axis {axis}", new O.LpNormalization(axis), [x], Reference.Zip(x, euclidean, (a, b) => a / b));
        }

        yield return new("LpNormalization of zeros", new O.LpNormalization(), [new Tensor<float>([2, 3])], new Tensor<float>([2, 3]));
        yield return new("LpNormalization float64", new O.LpNormalization(), [Tensor.From([1, 2], 3.0, 4.0)], Tensor.From([1, 2], 0.6, 0.8));
        Tensor image = random.Float(2, 3, 4, 5);
        yield return new("MeanVarianceNormalization", new O.MeanVarianceNormalization(), [image], Standardized(image, [0, 2, 3]));
        yield return new("MeanVarianceNormalization float64 over other axes", new O.MeanVarianceNormalization([1, -1]), [random.Double(2, 3, 4) is var d ? d : d], Standardized(d, [1, 2]));
    }

    private static Tensor Finished(Tensor x, int[] axes, bool keep, Func<double, double, double> combine, Func<double, double> finish)
    {
        Tensor wide = Elements.From(ElementType.Float64, x.Shape, Elements.Of(x));
        Tensor sums = Reference.Reduce(wide, axes, keep, 0, combine);
        return Elements.From(x.ElementType, sums.Shape, Array.ConvertAll(Elements.Of(sums), y => finish(y)));
    }

    private static Tensor Standardized(Tensor x, int[] axes)
    {
        Tensor wide = Elements.From(ElementType.Float64, x.Shape, Elements.Of(x));
        Tensor centred = Reference.Zip(wide, Reference.Reduce(wide, axes, true, 0, (a, b) => a + b, mean: true), (a, b) => a - b);
        Tensor variance = Reference.Reduce(Reference.Map(centred, a => a * a), axes, true, 0, (a, b) => a + b, mean: true);
        return Elements.From(x.ElementType, x.Shape, Elements.Of(Reference.Zip(centred, variance, (a, b) => a / (Math.Sqrt(b) + 1e-9))));
    }

    private static Tensor Running(Tensor x, int axis, bool exclusive, bool reverse, double seed, Func<double, double, double> combine)
    {
        double[] values = Elements.Of(x);
        int size = x.Shape[axis];
        int inner = x.Shape.LengthOf((axis + 1)..);
        var result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int position = i / inner % size;
            int first = i - (position * inner);
            result[i] = seed;
            for (int k = 0; k < size; k++)
            {
                bool counts = reverse ? k > position : k < position;
                result[i] = counts || (k == position && !exclusive) ? combine(result[i], values[first + (k * inner)]) : result[i];
            }
        }

        return Elements.From(x.ElementType, x.Shape, result);
    }
}
