using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of trees in the form of opset 5 and of float64, of linear machines, and of what joins and maps features.</summary>
internal static class EnsembleCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Trees(), .. WideTrees(), .. Machines(), .. Features()];

    /// <summary>
    /// Branch 0: x0 ≤ 0.5 ? branch 1 : leaf 0. Branch 1: x1 &gt; 1 ? leaf 1 : leaf 2, of which leaf 0 is shared with branch 2: x2 ≠ 0 ? leaf 0 : leaf 3.
    /// </summary>
    public static O.TreeEnsemble Ensemble(ElementType type, O.TreeAggregate aggregate = O.TreeAggregate.Sum, O.PostTransform transform = O.PostTransform.None, long targets = 1) => new(
        [0, 2],
        new O.TreeBranches([0, 1, 2], new ValueList<byte>(0, 3, 5), new O.TreeNumbers(new ValueList<double>(0.5, 1, 0), type), [1, 1, 0], [0, 1, 1], [0, 2, 3], [1, 1, 1], [1, 0, 0]),
        [0, 0, targets - 1, 0], new O.TreeNumbers(new ValueList<double>(1, 2, 3, 10), type), targets, aggregate, transform);

    private static IEnumerable<OperatorCase> Trees()
    {
        double[] x = [0, 2, 1, 0, 0, 1, 1, 0, 0, 0.5, 1, 0, double.NaN, 5, 1];
        double[][] said = [[2, 1], [3, 1], [1, 10], [3, 10], [2, 1]];
        foreach (ElementType type in new[] { ElementType.Float32, ElementType.Float64, ElementType.Float16 })
        {
            foreach (O.TreeAggregate aggregate in Enum.GetValues<O.TreeAggregate>())
            {
                double[] y = [.. said.Select(values => aggregate switch { O.TreeAggregate.Sum => values.Sum(), O.TreeAggregate.Average => values.Average(), O.TreeAggregate.Min => values.Min(), _ => values.Max() })];
                yield return new($"TreeEnsemble {type} {aggregate}", Ensemble(type, aggregate), [Elements.From(type, [5, 3], x)], Elements.From(type, [5, 1], y))
                {
                    OnnxRuntimeGap = type == ElementType.Float16 ? "has no kernel for float16" : null,
                };
            }
        }

        // Leaf 2 says 3 of the second target.
        const string swapped = "takes transform 1 for the logistic function and 2 for the softmax, the other way round than ONNX's text and its reference";
        double[][] two = [[3, 0], [1, 3], [11, 0], [10, 3], [3, 0]];
        foreach (ElementType type in new[] { ElementType.Float32, ElementType.Float64 })
        {
            yield return new($"TreeEnsemble {type} of two targets", Ensemble(type, targets: 2), [Elements.From(type, [5, 3], x)], Elements.From(type, [5, 2], [.. two.SelectMany(row => row)]));
            yield return new(
                $"TreeEnsemble {type} Softmax", Ensemble(type, transform: O.PostTransform.Softmax, targets: 2), [Elements.From(type, [5, 3], x)],
                Elements.From(type, [5, 2], [.. two.SelectMany(row => row.Select(value => Math.Exp(value) / row.Sum(Math.Exp)))]))
            { OnnxRuntimeGap = swapped };
            yield return new(
                $"TreeEnsemble {type} Logistic", Ensemble(type, transform: O.PostTransform.Logistic, targets: 2), [Elements.From(type, [5, 3], x)],
                Elements.From(type, [5, 2], [.. two.SelectMany(row => row.Select(value => 1 / (1 + Math.Exp(-value))))]))
            { OnnxRuntimeGap = swapped };
        }

        foreach (byte mode in Enumerable.Range(0, 6).Select(i => (byte)i))
        {
            bool Holds(double value) => mode switch { 0 => value <= 1, 1 => value < 1, 2 => value >= 1, 3 => value > 1, 4 => value == 1, _ => value != 1 };
            var op = new O.TreeEnsemble([0], new O.TreeBranches([0], new ValueList<byte>(mode), new ValueList<float>(1f), [0], [1], [1], [1]), [0, 0], new ValueList<float>(5f, 6f));
            yield return new($"TreeEnsemble of mode {mode}", op, [Tensor.From([3, 1], 0f, 1f, 2f)], Tensor.From([3, 1], [.. new[] { 0.0, 1, 2 }.Select(value => Holds(value) ? 5f : 6f)]));
        }

        // Branch 0: x in {1.5, 4, 7} ? leaf 0 : branch 1. Branch 1: x in {9} ? leaf 1 : leaf 2.
        foreach (bool isEnded in new[] { true, false })
        {
            double[] members = isEnded ? [7, 1.5, 4, double.NaN, 9, double.NaN] : [7, 1.5, 4, double.NaN, 9];
            var op = new O.TreeEnsemble(
                [0], new O.TreeBranches([0, 0], new ValueList<byte>(6, 6), new ValueList<float>(0f, 0f), [0, 1], [1, 1], [1, 2], [0, 1], null, new O.TreeNumbers(new ValueList<double>(members))), [0, 0, 0],
                new ValueList<float>(1f, 2f, 3f));
            yield return new($"TreeEnsemble of members{(isEnded ? "" : " without an end")}", op, [Tensor.From([7, 1], 1.5f, 4, 7, 9, 0, 5, float.NaN)], Tensor.From([7, 1], 1f, 1, 1, 2, 3, 3, 3))
            {
                OnnxRuntimeGap = isEnded ? null : "wants a NaN behind the last member",
            };
        }
    }

    private static IEnumerable<OperatorCase> WideTrees()
    {
        // A threshold and a feature that float32 rounds to one number, and weights that it cannot add.
        const double split = 1 + 1e-12;
        var nodes = new O.TreeNodes(
            [0, 0, 0], [0, 1, 2], [0, 0, 0], Wide(split, 0, 0), new ValueList<string>("BRANCH_LT", "LEAF", "LEAF"), [1, 0, 0], [2, 0, 0]);
        Tensor x = Tensor.From([2, 1], 1.0, 1 + 2e-12);
        yield return new("TreeEnsembleRegressor of float64", new O.TreeEnsembleRegressor(nodes, new O.TreeWeights([0, 0], [1, 2], [0, 0], Wide(1 << 30, -(1 << 30))), 1, Wide(1)), [x], Tensor.From([2, 1], (float)((1 << 30) + 1), -(1 << 30) + 1));
        yield return new(
            "TreeEnsembleClassifier of float64", new O.TreeEnsembleClassifier(nodes, new O.TreeWeights([0, 0, 0], [1, 2, 2], [0, 1, 2], Wide(0.5, 0.25, 0.75)), [3, 4, 5], null, Wide(0, 0, 0.125)), [x], Tensor.Vector(3L, 5L))
        {
            Others = [Tensor.From([2, 3], 0.5f, 0, 0.125f, 0, 0.25f, 0.875f)],
        };
        yield return new(
            "TreeEnsembleRegressor of float64 features", new O.TreeEnsembleRegressor(nodes with { Values = new ValueList<float>(1f, 0, 0) }, new O.TreeWeights([0, 0], [1, 2], [0, 0], new ValueList<float>(1f, 2f))),
            [Tensor.From([2, 1], 1 - 1e-12, 1.0)], Tensor.From([2, 1], 1f, 2f));

        static O.TreeNumbers Wide(params double[] values) => new(new ValueList<double>(values), ElementType.Float64);
    }

    private static IEnumerable<OperatorCase> Machines()
    {
        Tensor x = Tensor.From([3, 2], 1f, 2, -1, 3, 0.5f, -4);
        float[] w = [2, -0.5f, -1, 0, 1, 1];
        var op = new O.SVMClassifier(default, new ValueList<float>(w), new ValueList<float>(0.25f, 0, 0), new ValueList<float>(), [], [7, 8, 9]);
        double[][] sums = [.. Elements.Of(x).Chunk(2).Select(row => Enumerable.Range(0, 3).Select(c => 0.25 + (row[0] * w[2 * c]) + (row[1] * w[(2 * c) + 1])).ToArray())];
        Tensor labels = Tensor.Vector<long>([.. sums.Select(row => 7 + (long)Array.IndexOf(row, row.Max()))]);
        yield return new("SVMClassifier without vectors", op, [x], labels) { Others = [Elements.From(ElementType.Float32, [3, 3], [.. sums.SelectMany(row => row)])] };
        yield return new("SVMClassifier without vectors Softmax", op with { PostTransform = O.PostTransform.Softmax }, [x], labels)
        {
            Others = [Elements.From(ElementType.Float32, [3, 3], [.. sums.SelectMany(row => row.Select(value => Math.Exp(value) / row.Sum(Math.Exp)))])],
        };
    }

    private static IEnumerable<OperatorCase> Features()
    {
        Tensor a = Tensor.From([2, 2], 1L, 2, 3, 4);
        Tensor b = Tensor.From([2, 3], 5L, 6, 7, 8, 9, 10);
        yield return new("FeatureVectorizer", new O.FeatureVectorizer([2, 3]), [a, b], Tensor.From([2, 5], 1f, 2, 5, 6, 7, 3, 4, 8, 9, 10));
        yield return new("FeatureVectorizer of all columns", new O.FeatureVectorizer(), [a, b], Tensor.From([2, 5], 1f, 2, 5, 6, 7, 3, 4, 8, 9, 10)) { OnnxRuntimeGap = "wants 'inputdimensions'" };
        yield return new("FeatureVectorizer that cuts and fills", new O.FeatureVectorizer([3, 1]), [a, b], Tensor.From([2, 4], 1f, 2, 0, 5, 3, 4, 0, 8));
        yield return new("FeatureVectorizer of one sample", new O.FeatureVectorizer([2, 1]), [Tensor.Vector(1.5, 2.5), Tensor.From([1, 1], 3.5)], Tensor.From([1, 3], 1.5f, 2.5f, 3.5f));
        var mapper = new O.CategoryMapper([4, 9], new ValueList<string>("a", "b"), 5, "?");
        yield return new("CategoryMapper to numbers", mapper, [Tensor.From([1, 3], "b", "x", "a")], Tensor.From([1, 3], 9L, 5, 4));
        yield return new("CategoryMapper to texts", mapper, [Tensor.Vector(9L, 8, 4)], Tensor.Vector("b", "?", "a"));
        yield return new("Scaler float64", new O.Scaler(new ValueList<float>(16777216f), new ValueList<float>(2f)), [Tensor.From([1, 2], 16777217.0, 16777218.25)], Tensor.From([1, 2], 2f, 4.5f));
        yield return new("Imputer int32", new O.Imputer(ImputedInts: [9], ReplacedInt: 4294967299), [Tensor.From([1, 2], 3, 1)], Tensor.From([1, 2], 3, 1)) { OnnxRuntimeGap = "has no kernel for int32" };
        yield return new("OneHotEncoder of real numbers", new O.OneHotEncoder([0, 1]), [Tensor.Vector(0f, 1.5f, float.NaN, 1e30f)], Tensor.From([4, 2], 1f, 0, 0, 1, 0, 0, 0, 0)) { OnnxRuntimeGap = "converts NaN to some integer" };
        foreach (Tensor keys in new Tensor[] { Tensor.Vector(3, 4), Tensor.Vector<short>(3, 4), Tensor.Vector(3.5, double.NaN), Tensor.Vector(3L, 4) })
        {
            Tensor values = keys is Tensor<double> ? Tensor.Vector(0.5, -0.0) : Tensor.Vector<double>(0.5, -1);
            yield return new(
                $"LabelEncoder {keys.ElementType} to float64", new O.LabelEncoder(new TensorValue(keys), new TensorValue(values), new TensorValue(Tensor.Vector(7.0))), [keys], values)
            {
                OnnxRuntimeGap = keys is Tensor<long> or Tensor<double> ? null : "has no kernel for these types",
            };
        }
    }
}
