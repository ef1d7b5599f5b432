using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of shapes, and of elements that move or are left out.</summary>
internal static class MovementCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Shapes(), .. Repeats(), .. Triangles(), .. Casts(), .. Selections(), .. Uniques(), .. Sequences(), .. Products()];

    private static IEnumerable<OperatorCase> Shapes()
    {
        var random = new RandomTensors(31);
        yield return new("Size", new O.Size(), [random.Float(2, 3, 4)], Tensor.Scalar(24L));
        yield return new("Size of nothing", new O.Size(), [new Tensor<float>([2, 0])], Tensor.Scalar(0L));
        yield return new("Size string", new O.Size(), [Tensor.Vector("a", "b")], Tensor.Scalar(2L));
        yield return new("Range int64", new O.Range(), [Tensor.Scalar(10L), Tensor.Scalar(3L), Tensor.Scalar(-2L)], Tensor.Vector(10L, 8L, 6L, 4L));
        yield return new("Range int32", new O.Range(), [Tensor.Scalar(1), Tensor.Scalar(7), Tensor.Scalar(3)], Tensor.Vector(1, 4));
        yield return new("Range int16", new O.Range(), [Tensor.Scalar<short>(1), Tensor.Scalar<short>(4), Tensor.Scalar<short>(1)], Tensor.Vector<short>(1, 2, 3));
        yield return new("Range of nothing", new O.Range(), [Tensor.Scalar(5), Tensor.Scalar(3), Tensor.Scalar(1)], new Tensor<int>([0]));
        yield return new("Range float32", new O.Range(), [Tensor.Scalar(0.5f), Tensor.Scalar(2f), Tensor.Scalar(0.4f)], Tensor.Vector(0.5f, 0.9f, 1.3f, 1.7f));
        yield return new("Range float64", new O.Range(), [Tensor.Scalar(1.0), Tensor.Scalar(-1.0), Tensor.Scalar(-0.75)], Tensor.Vector(1.0, 0.25, -0.5));
        yield return new("EyeLike", new O.EyeLike(), [random.Float(3, 4)], Reference.Build(ElementType.Float32, [3, 4], i => i[0] == i[1] ? 1 : 0));
        yield return new("EyeLike above the diagonal", new O.EyeLike(ElementType.Int64, 2), [random.Float(3, 4)], Reference.Build(ElementType.Int64, [3, 4], i => i[0] + 2 == i[1] ? 1 : 0));
        yield return new("EyeLike below the diagonal", new O.EyeLike(ElementType.Float64, -2), [random.Float(3, 2)], Reference.Build(ElementType.Float64, [3, 2], i => i[0] - 2 == i[1] ? 1 : 0));
    }

    private static IEnumerable<OperatorCase> Repeats()
    {
        var random = new RandomTensors(32);
        foreach ((int[] shape, long[] repeats) in new (int[], long[])[] { ([2, 3, 4], [2, 1, 3]), ([3], [4]), ([2, 1], [1, 5]), ([2, 3], [0, 2]), ([2, 2, 2, 2], [3, 2, 1, 2]) })
        {
            Tensor x = random.Float(shape);
            double[] values = Elements.Of(x);
            int[] result = [.. shape.Select((size, axis) => size * (int)repeats[axis])];
            yield return new($"Tile {x.Shape} [{string.Join(',', repeats)}]", new O.Tile(), [x, Tensor.Vector(repeats)], Reference.Build(
                ElementType.Float32, new Shape(result), index => values[Flat([.. index.Select((at, axis) => at % shape[axis])], shape)]));
        }

        yield return new("Tile string", new O.Tile(), [Tensor.Vector("a", "b"), Tensor.Vector(2L)], Tensor.Vector("a", "b", "a", "b"));
        yield return new("Tile bool", new O.Tile(), [Tensor.From([1, 2], true, false), Tensor.Vector(2L, 1L)], Tensor.From([2, 2], true, false, true, false));
    }

    private static IEnumerable<OperatorCase> Triangles()
    {
        var random = new RandomTensors(33);
        foreach (bool upper in new[] { true, false })
        {
            foreach (long? k in new long?[] { null, 0, 1, -1, 3, -4, 10, -10 })
            {
                Tensor x = random.Float(2, 3, 5);
                double[] values = Elements.Of(x);
                yield return new($"Trilu upper {upper} k {k}", new O.Trilu(upper), k is { } diagonal ? [x, Tensor.Scalar(diagonal)] : [x], Reference.Build(
                    ElementType.Float32, x.Shape, i => (upper ? i[2] >= i[1] + (k ?? 0) : i[2] <= i[1] + (k ?? 0)) ? values[Flat(i, [2, 3, 5])] : 0));
            }
        }

        yield return new("Trilu int64", new O.Trilu(false), [Tensor.From([2, 2], 1L, 2L, 3L, 4L)], Tensor.From([2, 2], 1L, 0L, 3L, 4L));
        yield return new("Trilu bool", new O.Trilu(), [Tensor.From([2, 2], true, true, true, true)], Tensor.From([2, 2], true, true, false, true));
    }

    private static IEnumerable<OperatorCase> Casts()
    {
        yield return new("CastLike to int64", new O.CastLike(), [Tensor.Vector(1.9f, -1.9f), Tensor.Scalar(0L)], Tensor.Vector(1L, -1L));
        yield return new("CastLike to bool", new O.CastLike(), [Tensor.Vector(2, 0), Tensor.Vector(false)], Tensor.Vector(true, false));
        yield return new("CastLike to the same", new O.CastLike(), [Tensor.Vector(2f, 0f), Tensor.Vector(1f)], Tensor.Vector(2f, 0f));
        yield return new("BitCast float32 to int32", new O.BitCast(ElementType.Int32), [Tensor.Vector(1f, -0f)], Tensor.Vector(0x3F800000, int.MinValue));
        yield return new("BitCast int64 to float64", new O.BitCast(ElementType.Float64), [Tensor.Vector(BitConverter.DoubleToInt64Bits(1.5), 0L)], Tensor.Vector(1.5, 0.0));
        yield return new("BitCast bool to uint8", new O.BitCast(ElementType.UInt8), [Tensor.Vector(true, false)], Tensor.Vector<byte>(1, 0));
        yield return new("BitCast int8 to uint8", new O.BitCast(ElementType.UInt8), [Tensor.Vector<sbyte>(-1, 5)], Tensor.Vector<byte>(255, 5));
    }

    private static IEnumerable<OperatorCase> Selections()
    {
        var random = new RandomTensors(34);
        Tensor x = random.Float(3, 4, 2);
        double[] v = Elements.Of(x);
        yield return new("Compress along an axis", new O.Compress(1), [x, Tensor.Vector(false, true, false, true)], Reference.Build(ElementType.Float32, [3, 2, 2], i => v[(((i[0] * 4) + (2 * i[1]) + 1) * 2) + i[2]]));
        yield return new("Compress by a short condition", new O.Compress(-2), [x, Tensor.Vector(true, true)], Reference.Build(ElementType.Float32, [3, 2, 2], i => v[(((i[0] * 4) + i[1]) * 2) + i[2]]));
        yield return new("Compress flat", new O.Compress(), [Tensor.From([2, 2], 1f, 2f, 3f, 4f), Tensor.Vector(false, true, true)], Tensor.Vector(2f, 3f));
        yield return new("Compress string", new O.Compress(0), [Tensor.Vector("a", "b", "c"), Tensor.Vector(true, false, true)], Tensor.Vector("a", "c"));
        yield return new("Compress to nothing", new O.Compress(0), [x, Tensor.Vector(false, false, false)], new Tensor<float>([0, 4, 2]));
        yield return new("NonZero", new O.NonZero(), [Tensor.From([2, 3], 0f, 2f, -0f, float.NaN, 0f, 1f)], Tensor.From([2, 3], 0L, 1L, 1L, 1L, 0L, 2L));
        yield return new("NonZero bool", new O.NonZero(), [Tensor.Vector(true, false, true)], Tensor.From([1, 2], 0L, 2L));
        yield return new("NonZero int64", new O.NonZero(), [Tensor.From([2, 1, 2], 0L, 5L, -1L, 0L)], Tensor.From([3, 2], 0L, 1L, 0L, 0L, 1L, 0L));
        yield return new("NonZero of zeros", new O.NonZero(), [Tensor.From([2, 2], 0, 0, 0, 0)], new Tensor<long>([2, 0]));
        Tensor image = random.Float(3, 4);
        double[] w = Elements.Of(image);
        yield return new("CenterCropPad", new O.CenterCropPad(), [image, Tensor.Vector(6L, 3L)], Reference.Build(
            ElementType.Float32, [6, 3], i => i[0] is >= 1 and < 4 ? w[((i[0] - 1) * 4) + i[1]] : 0));
        yield return new("CenterCropPad of some axes", new O.CenterCropPad([-1]), [image, Tensor.Vector(7L)], Reference.Build(
            ElementType.Float32, [3, 7], i => i[1] is >= 1 and < 5 ? w[(i[0] * 4) + i[1] - 1] : 0));
    }

    private static IEnumerable<OperatorCase> Uniques()
    {
        Tensor x = Tensor.Vector(2f, 1f, 1f, 3f, 4f, 3f);
        yield return new("Unique sorted", new O.Unique(), [x], Tensor.Vector(1f, 2f, 3f, 4f)) { Others = [Tensor.Vector(1L, 0L, 3L, 4L), Tensor.Vector(1L, 0L, 0L, 2L, 3L, 2L), Tensor.Vector(2L, 1L, 2L, 1L)] };
        yield return new("Unique in order", new O.Unique(null, false), [x], Tensor.Vector(2f, 1f, 3f, 4f)) { Others = [Tensor.Vector(0L, 1L, 3L, 4L), Tensor.Vector(0L, 1L, 1L, 2L, 3L, 2L), Tensor.Vector(1L, 2L, 2L, 1L)] };
        Tensor rows = Tensor.From([3, 3], 1L, 0L, 0L, 1L, 0L, 0L, 2L, 3L, 4L);
        yield return new("Unique rows", new O.Unique(0), [rows], Tensor.From([2, 3], 1L, 0L, 0L, 2L, 3L, 4L)) { Others = [Tensor.Vector(0L, 2L), Tensor.Vector(0L, 0L, 1L), Tensor.Vector(2L, 1L)] };
        Tensor columns = Tensor.From([2, 4], 3.0, 1.0, 3.0, 1.0, 2.0, 5.0, 2.0, 4.0);
        yield return new("Unique columns", new O.Unique(-1), [columns], Tensor.From([2, 3], 1.0, 1.0, 3.0, 4.0, 5.0, 2.0)) { Others = [Tensor.Vector(3L, 1L, 0L), Tensor.Vector(2L, 1L, 2L, 0L), Tensor.Vector(1L, 1L, 2L)] };
        yield return new("Unique string", new O.Unique(), [Tensor.Vector("b", "a", "b", "B")], Tensor.Vector("B", "a", "b"));
        yield return new("Unique int8", new O.Unique(), [Tensor.From<sbyte>([2, 2], 3, -1, 3, -1)], Tensor.Vector<sbyte>(-1, 3));
        yield return new("Unique of nothing", new O.Unique(), [new Tensor<float>([0])], new Tensor<float>([0]));
    }

    private static IEnumerable<OperatorCase> Sequences()
    {
        var random = new RandomTensors(35);
        Tensor x = random.Float(4, 3, 2);
        double[] v = Elements.Of(x);
        long[] lengths = [4, 1, 2];
        yield return new("ReverseSequence time first", new O.ReverseSequence(), [x, Tensor.Vector(lengths)], Reference.Build(
            ElementType.Float32, [4, 3, 2], i => v[((((i[0] < lengths[i[1]] ? (int)lengths[i[1]] - 1 - i[0] : i[0]) * 3) + i[1]) * 2) + i[2]]));
        long[] others = [3, 2, 1, 3];
        yield return new("ReverseSequence batch first", new O.ReverseSequence(0, 1), [x, Tensor.Vector(others)], Reference.Build(
            ElementType.Float32, [4, 3, 2], i => v[(((i[0] * 3) + (i[1] < others[i[0]] ? (int)others[i[0]] - 1 - i[1] : i[1])) * 2) + i[2]]));
        Tensor cache = random.Float(2, 2, 4, 3);
        double[] c = Elements.Of(cache);
        Tensor update = random.Float(2, 2, 2, 3);
        double[] u = Elements.Of(update);
        long[] at = [1, 2];
        yield return new("TensorScatter linear", new O.TensorScatter(), [cache, update, Tensor.Vector(at)], Reference.Build(
            ElementType.Float32, [2, 2, 4, 3], i => i[2] >= at[i[0]] && i[2] < at[i[0]] + 2 ? u[Flat([i[0], i[1], i[2] - (int)at[i[0]], i[3]], [2, 2, 2, 3])] : c[Flat(i, [2, 2, 4, 3])]));
        yield return new("TensorScatter circular", new O.TensorScatter(2, true), [cache, update, Tensor.Vector(3L, 0L)], Reference.Build(
            ElementType.Float32, [2, 2, 4, 3], i =>
            {
                int step = (i[2] - (i[0] == 0 ? 3 : 0) + 4) % 4;
                return step < 2 ? u[Flat([i[0], i[1], step, i[3]], [2, 2, 2, 3])] : c[Flat(i, [2, 2, 4, 3])];
            }));
        yield return new("TensorScatter at the start", new O.TensorScatter(1), [Tensor.From([1, 3], 1f, 2f, 3f), Tensor.From([1, 2], 8f, 9f)], Tensor.From([1, 3], 8f, 9f, 3f));
    }

    private static IEnumerable<OperatorCase> Products()
    {
        var random = new RandomTensors(36);
        (string Equation, int[][] Shapes)[] cases =
        [
            ("ij,jk->ik", [[3, 4], [4, 5]]), ("bij,bjk->bik", [[2, 3, 4], [2, 4, 5]]), ("ij,kj", [[3, 4], [5, 4]]), ("ij->ji", [[3, 4]]), ("ij", [[3, 4]]), ("ji", [[3, 4]]), ("ii", [[4, 4]]),
            ("ii->i", [[4, 4]]), ("bii->bi", [[2, 3, 3]]), ("ij->", [[3, 4]]), ("ij->i", [[3, 4]]), ("i,i", [[5], [5]]), ("i,j->ij", [[3], [4]]), ("bhid,bhjd->bhij", [[2, 3, 4, 5], [2, 3, 6, 5]]),
            ("...ij,...jk->...ik", [[2, 3, 4], [2, 4, 5]]), ("...ij,jk->...ik", [[2, 3, 4], [4, 5]]), ("i...->...", [[2, 3, 4]]), ("...ii->...i", [[2, 3, 3]]), ("ij,jk,kl->il", [[2, 3], [3, 4], [4, 2]]),
            ("bi,ij,bj->b", [[2, 3], [3, 4], [2, 4]]), ("ab,cd->", [[2, 3], [3, 2]]), ("ij,ij->ij", [[3, 4], [3, 4]]), ("iij,jk->ik", [[3, 3, 4], [4, 2]]), ("aB,Bc->ac", [[2, 3], [3, 2]]), (" i j , j k -> i k ", [[3, 4], [4, 5]]),
            ("ij,jk->ik", [[3, 0], [0, 5]]), (",i->i", [[], [3]]), ("ijk,ljk->il", [[2, 3, 4], [5, 3, 4]]),
        ];
        foreach ((string equation, int[][] shapes) in cases)
        {
            string text = $"Einsum {equation} {string.Join(' ', shapes.Select(shape => $"[{string.Join(',', shape)}]"))}";
            Tensor[] reals = [.. shapes.Select(shape => random.Float(shape))];
            yield return new(text, new O.Einsum(equation), reals, EinsumReference.Compute(equation, reals));
            if (equation is "bij,bjk->bik" or "ii" or "ij,jk,kl->il")
            {
                Tensor[] integers = [.. shapes.Select(shape => random.Long(shape))];
                yield return new($"{text} int64", new O.Einsum(equation), integers, EinsumReference.Compute(equation, integers));
                Tensor[] doubles = [.. shapes.Select(shape => random.Double(shape))];
                yield return new($"{text} float64", new O.Einsum(equation), doubles, EinsumReference.Compute(equation, doubles));
            }
        }
    }

    private static int Flat(int[] index, int[] shape)
    {
        int flat = 0;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            flat = (flat * shape[axis]) + index[axis];
        }

        return flat;
    }
}
