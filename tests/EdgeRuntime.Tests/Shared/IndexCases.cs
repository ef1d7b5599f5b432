using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;
using O = Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of elements that are picked, placed or ordered by indices.</summary>
internal static class IndexCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. OneHots(), .. Gathers(), .. Scatters(), .. Orders()];

    private static IEnumerable<OperatorCase> OneHots()
    {
        Tensor values = Tensor.Vector(2f, 5f);
        Tensor indices = Tensor.From([2, 2], 0L, -1L, 3L, 2L);
        long[] flat = [0, 2, 3, 2];
        yield return new("OneHot", new O.OneHot(), [indices, Tensor.Scalar(3L), values], Reference.Build(ElementType.Float32, [2, 2, 3], i => flat[(i[0] * 2) + i[1]] == i[2] ? 5 : 2));
        yield return new("OneHot first axis", new O.OneHot(0), [indices, Tensor.Vector(3L), values], Reference.Build(ElementType.Float32, [3, 2, 2], i => flat[(i[1] * 2) + i[2]] == i[0] ? 5 : 2));
        yield return new("OneHot inner axis", new O.OneHot(-2), [indices, Tensor.Scalar(3L), values], Reference.Build(ElementType.Float32, [2, 3, 2], i => flat[(i[0] * 2) + i[2]] == i[1] ? 5 : 2));
        yield return new("OneHot int64 of float32", new O.OneHot(), [Tensor.Vector(1f, 0f), Tensor.Scalar(2f), Tensor.Vector(0L, 1L)], Tensor.From([2, 2], 0L, 1L, 1L, 0L));
        yield return new("OneHot of a scalar", new O.OneHot(), [Tensor.Scalar(1L), Tensor.Scalar(2L), values], Tensor.Vector(2f, 5f));
        yield return new("OneHot bool of int32", new O.OneHot(), [Tensor.Vector(1), Tensor.Scalar(2), Tensor.Vector(false, true)], Tensor.From([1, 2], false, true));
    }

    private static IEnumerable<OperatorCase> Gathers()
    {
        var random = new RandomTensors(41);
        Tensor x = random.Float(3, 4, 5);
        double[] v = Elements.Of(x);
        foreach (int axis in new[] { 0, 1, -1 })
        {
            int normal = axis < 0 ? 2 : axis;
            int[] sizes = [2, 3, 4];
            var indices = new Tensor<long>(new Shape(sizes));
            for (int i = 0; i < indices.Length; i++)
            {
                indices.Span[i] = (i * 7 % (2 * x.Shape[normal])) - x.Shape[normal];
            }

            double[] picked = Elements.Of(indices);
            yield return new($"GatherElements axis {axis}", new O.GatherElements(axis), [x, indices], Reference.Build(ElementType.Float32, [2, 3, 4], i =>
            {
                int[] source = [.. i];
                int index = (int)picked[(((i[0] * 3) + i[1]) * 4) + i[2]];
                source[normal] = index < 0 ? index + x.Shape[normal] : index;
                return v[(((source[0] * 4) + source[1]) * 5) + source[2]];
            }));
        }

        yield return new("GatherElements int32 indices of string", new O.GatherElements(), [Tensor.Vector("a", "b"), Tensor.Vector(1, 1, -2)], Tensor.Vector("b", "b", "a"));
        yield return new("GatherND", new O.GatherND(), [x, Tensor.From([2, 2], 0L, 1L, -1L, -2L)], Reference.Build(ElementType.Float32, [2, 5], i => v[((i[0] == 0 ? 1 : 10) * 5) + i[1]]));
        yield return new("GatherND of elements", new O.GatherND(), [x, Tensor.From([1, 3], 2L, 3L, 4L)], Tensor.Vector((float)v[59]));
        yield return new("GatherND of a batch", new O.GatherND(1), [x, Tensor.From([3, 1], 1L, 0L, -1L)], Reference.Build(ElementType.Float32, [3, 5], i => v[(((i[0] * 4) + (i[0] == 0 ? 1 : i[0] == 1 ? 0 : 3)) * 5) + i[1]]));
        yield return new("GatherND of a batch of lists", new O.GatherND(1), [x, Tensor.From([3, 2, 2], 1L, 0L, 0L, 1L, 3L, 4L, 0L, 0L, -1L, -1L, 2L, 2L)], Tensor.From([3, 2], (float)v[5], (float)v[1], (float)v[39], (float)v[20], (float)v[59], (float)v[52]));
        yield return new("GatherND bool", new O.GatherND(), [Tensor.From([2, 2], true, false, false, true), Tensor.Vector(1L, 1L)], Tensor.Scalar(true));
    }

    private static IEnumerable<OperatorCase> Scatters()
    {
        Tensor x = Tensor.From([3, 3], 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f);
        Tensor rows = Tensor.From([2, 3], 1L, 0L, 2L, 0L, 2L, -2L);
        Tensor updates = Tensor.From([2, 3], 10f, 11f, 12f, 20f, 21f, 22f);
        yield return new("ScatterElements axis 0", new O.ScatterElements(), [x, rows, updates], Tensor.From([3, 3], 20f, 11f, 3f, 10f, 5f, 22f, 7f, 21f, 12f));
        yield return new("ScatterElements axis 1", new O.ScatterElements(1), [x, Tensor.From([1, 2], 1, -1), Tensor.From([1, 2], 10f, 11f)], Tensor.From([3, 3], 1f, 10f, 11f, 4f, 5f, 6f, 7f, 8f, 9f));
        (ScatterReduction Reduction, Func<float, float, float> F)[] reductions =
        [
            (ScatterReduction.Add, (a, b) => a + b), (ScatterReduction.Mul, (a, b) => a * b), (ScatterReduction.Max, Math.Max), (ScatterReduction.Min, Math.Min),
        ];
        Tensor repeated = Tensor.From([1, 3], 1L, 1L, 0L);
        Tensor some = Tensor.From([1, 3], 1.5f, 7f, -2f);
        foreach ((ScatterReduction reduction, Func<float, float, float> f) in reductions)
        {
            yield return new($"ScatterElements {reduction}", new O.ScatterElements(1, reduction), [x, repeated, some], Tensor.From([3, 3], f(1, -2), f(f(2, 1.5f), 7), 3f, 4f, 5f, 6f, 7f, 8f, 9f));
            yield return new($"ScatterND {reduction}", new O.ScatterND(reduction), [x, Tensor.From([3, 2], 0L, 1L, 0L, 1L, 2L, -1L), Tensor.Vector(1.5f, 7f, -2f)], Tensor.From([3, 3], 1f, f(f(2, 1.5f), 7), 3f, 4f, 5f, 6f, 7f, 8f, f(9, -2)));
        }

        yield return new("ScatterElements int64 add", new O.ScatterElements(0, ScatterReduction.Add), [Tensor.Vector(1L, 2L), Tensor.Vector(0L, 0L), Tensor.Vector(5L, 6L)], Tensor.Vector(12L, 2L));
        yield return new("ScatterElements string", new O.ScatterElements(), [Tensor.Vector("a", "b"), Tensor.Vector(1L), Tensor.Vector("c")], Tensor.Vector("a", "c"));
        yield return new("ScatterND of slices", new O.ScatterND(), [x, Tensor.From([2, 1], 2L, 0L), Tensor.From([2, 3], 10f, 11f, 12f, 20f, 21f, 22f)], Tensor.From([3, 3], 20f, 21f, 22f, 4f, 5f, 6f, 10f, 11f, 12f));
        yield return new("ScatterND of nothing", new O.ScatterND(), [x, new Tensor<long>([0, 1]), new Tensor<float>([0, 3])], x);
        yield return new("ScatterND bool", new O.ScatterND(), [Tensor.Vector(false, false), Tensor.From([1, 1], 1L), Tensor.Vector(true)], Tensor.Vector(false, true));
    }

    private static IEnumerable<OperatorCase> Orders()
    {
        var random = new RandomTensors(42);
        foreach (int axis in new[] { -1, 0, 1 })
        {
            foreach (bool largest in new[] { true, false })
            {
                Tensor x = random.Float(5, 4, 6);
                Tensor ties = random.Int(5, 4, 6);
                int normal = axis < 0 ? 2 : axis;
                yield return Top($"TopK axis {axis} largest {largest}", x, normal, axis, largest, 3);
                yield return Top($"TopK int32 axis {axis} largest {largest}", ties, normal, axis, largest, 4);
            }
        }

        yield return Top("TopK of all", random.Double(2, 9), 1, -1, true, 9);
        yield return Top("TopK of none", random.Float(2, 9), 1, -1, true, 0);
        yield return Top("TopK of one", random.Long(3, 7), 1, 1, false, 1);
    }

    private static OperatorCase Top(string name, Tensor x, int normal, int axis, bool largest, int k)
    {
        double[] values = Elements.Of(x);
        int size = x.Shape[normal];
        int inner = x.Shape.LengthOf((normal + 1)..);
        int outer = x.Shape.LengthOf(..normal);
        var shape = new Shape([.. x.Shape.Dimensions[..normal], k, .. x.Shape.Dimensions[(normal + 1)..]]);
        var top = new double[shape.Length];
        var indices = new long[shape.Length];
        for (int lane = 0; lane < outer * inner; lane++)
        {
            int start = (lane / inner * size * inner) + (lane % inner);
            int[] order = [.. Enumerable.Range(0, size).OrderBy(i => values[start + (i * inner)] * (largest ? -1 : 1)).ThenBy(i => i).Take(k)];
            for (int i = 0; i < k; i++)
            {
                int target = (lane / inner * k * inner) + (i * inner) + (lane % inner);
                top[target] = values[start + (order[i] * inner)];
                indices[target] = order[i];
            }
        }

        return new(name, new O.TopK(axis, largest), [x, Tensor.Vector((long)k)], Elements.From(x.ElementType, shape, top)) { Others = [Tensor.From(shape, indices)] };
    }
}
