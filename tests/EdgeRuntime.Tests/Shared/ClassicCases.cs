using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of classic models and of what prepares their features.</summary>
internal static class ClassicCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Features(), .. Labels(), .. Linear(), .. Trees(), .. Machines()];

    private static IEnumerable<OperatorCase> Features()
    {
        var tensors = new RandomTensors(95);
        Tensor x = tensors.Float(4, 3);
        double[] v = Elements.Of(x);
        yield return new("Binarizer", new O.Binarizer(0.25f), [x], Reference.Map(x, value => value > 0.25f ? 1 : 0));
        yield return new("Binarizer int64", new O.Binarizer(1), [Tensor.Vector(1L, 2L)], Tensor.Vector(0L, 1L)) { OnnxRuntimeGap = "runs float32 only" };
        foreach (O.NormKind norm in Enum.GetValues<O.NormKind>())
        {
            Tensor positive = tensors.Positive(4, 3);
            double[] p = Elements.Of(positive);
            double Total(double[] row) => norm switch { O.NormKind.Max => row.Max(), O.NormKind.L1 => row.Sum(Math.Abs), _ => Math.Sqrt(row.Sum(value => value * value)) };
            yield return new($"Normalizer {norm}", new O.Normalizer(norm), [positive], Elements.From(ElementType.Float32, [4, 3], [.. p.Chunk(3).SelectMany(row => row.Select(value => value / Total(row)))]));
        }

        yield return new("Normalizer of zeros", new O.Normalizer(O.NormKind.L1), [Tensor.From([1, 2], 0L, 0L)], new Tensor<float>([1, 2]));
        var offset = new ValueList<float>(1f, -2f, 0.5f);
        var scale = new ValueList<float>(2f, 3f, -1f);
        yield return new("Scaler", new O.Scaler(offset, scale), [x], Elements.From(ElementType.Float32, [4, 3], [.. v.Select((value, i) => (value - offset[i % 3]) * scale[i % 3])]));
        yield return new("Scaler by one number", new O.Scaler(new ValueList<float>(1f), new ValueList<float>(2f)), [Tensor.From([1, 2], 3L, 5L)], Tensor.From([1, 2], 4f, 8f));
        yield return new(
            "Imputer", new O.Imputer(new ValueList<float>(7f, 8f), ReplacedFloat: float.NaN), [Tensor.From([2, 2], float.NaN, 1f, 2f, float.NaN)], Tensor.From([2, 2], 7f, 1f, 2f, 8f));
        yield return new("Imputer int64", new O.Imputer(ImputedInts: [9], ReplacedInt: 3), [Tensor.From([2, 2], 3L, 1L, 2L, 3L)], Tensor.From([2, 2], 9L, 1L, 2L, 9L));
        yield return new("ArrayFeatureExtractor", new O.ArrayFeatureExtractor(), [x, Tensor.Vector(2L, 0L)], Elements.From(ElementType.Float32, [4, 2], [.. v.Chunk(3).SelectMany(row => new[] { row[2], row[0] })]));
        yield return new("ArrayFeatureExtractor of one sample", new O.ArrayFeatureExtractor(), [Tensor.Vector(1f, 2f, 3f), Tensor.From([1, 2], 2L, 1L)], Tensor.From([1, 2], 3f, 2f));
        yield return new("OneHotEncoder", new O.OneHotEncoder([3, 1, 7]), [Tensor.Vector(1L, 5L, 7L)], Tensor.From([3, 3], 0f, 1, 0, 0, 0, 0, 0, 0, 1));
        yield return new("OneHotEncoder string", new O.OneHotEncoder(null, new ValueList<string>("a", "b")), [Tensor.From([2, 1], "b", "c")], Tensor.From([2, 1, 2], 0f, 1, 0, 0));
    }

    private static IEnumerable<OperatorCase> Labels()
    {
        yield return new("LabelEncoder string to int64", Encoder(Tensor.Vector("a", "b"), Tensor.Vector(5L, 6L), Tensor.Vector(-1L)), [Tensor.Vector("b", "x", "a")], Tensor.Vector(6L, -1L, 5L));
        yield return new("LabelEncoder int64 to string", Encoder(Tensor.Vector(5L, 6L), Tensor.Vector("a", "b"), Tensor.Vector("?")), [Tensor.From([2, 1], 6L, 7L)], Tensor.From([2, 1], "b", "?"));
        yield return new("LabelEncoder float32 to float32", Encoder(Tensor.Vector(1.5f, float.NaN), Tensor.Vector(10f, 20f), Tensor.Vector(0f)), [Tensor.Vector(float.NaN, 1.5f, 2f)], Tensor.Vector(20f, 10f, 0f));

        static O.LabelEncoder Encoder(Tensor keys, Tensor values, Tensor fallback) => new(new TensorValue(keys), new TensorValue(values), new TensorValue(fallback));
    }

    private static IEnumerable<OperatorCase> Linear()
    {
        var tensors = new RandomTensors(96);
        Tensor x = tensors.Float(5, 4);
        float[] coefficients = tensors.Float(3, 4).ToArray();
        float[] intercepts = tensors.Float(3).ToArray();
        double[][] sums = [.. Elements.Of(x).Chunk(4).Select(row => Enumerable.Range(0, 3).Select(r => row.Select((value, f) => value * coefficients[(4 * r) + f]).Sum() + intercepts[r]).ToArray())];
        foreach (O.PostTransform transform in Enum.GetValues<O.PostTransform>().Except([O.PostTransform.Probit]))
        {
            Tensor scores = Elements.From(ElementType.Float32, [5, 3], [.. sums.SelectMany(row => Transform(row, transform))]);
            yield return new($"LinearRegressor {transform}", new O.LinearRegressor(new ValueList<float>(coefficients), new ValueList<float>(intercepts), 3, transform), [x], scores);
            Tensor labels = Tensor.Vector<long>([.. sums.Select(row => 10 + (long)Array.IndexOf(row, row.Max()))]);
            yield return new(
                $"LinearClassifier {transform}", new O.LinearClassifier(new ValueList<float>(coefficients), new ValueList<float>(intercepts), [10, 11, 12], null, transform), [x], labels)
            { Others = [scores] };
        }

        Tensor texts = Tensor.Vector<string>([.. sums.Select(row => $"c{Array.IndexOf(row, row.Max())}")]);
        yield return new("LinearClassifier string", new O.LinearClassifier(new ValueList<float>(coefficients), new ValueList<float>(intercepts), null, new ValueList<string>("c0", "c1", "c2")), [x], texts) { Others = [Elements.From(ElementType.Float32, [5, 3], [.. sums.SelectMany(row => row)])] };
        double[] single = [.. sums.Select(row => row[0])];
        yield return new(
            "LinearClassifier of one row", new O.LinearClassifier(new ValueList<float>(coefficients.AsSpan(0, 4)), new ValueList<float>(intercepts[0]), [0, 1], null, O.PostTransform.Logistic), [x],
            Tensor.Vector<long>([.. single.Select(value => value > 0 ? 1L : 0L)]))
        {
            Others = [Elements.From(ElementType.Float32, [5, 2], [.. single.SelectMany(value => new[] { 1 / (1 + Math.Exp(value)), 1 / (1 + Math.Exp(-value)) })])],
        };
        yield return new("LinearRegressor int64", new O.LinearRegressor(new ValueList<float>(2f, 3f)), [Tensor.From([2, 2], 1L, 2L, 3L, 4L)], Tensor.From([2, 1], 8f, 18f)) { OnnxRuntimeGap = "runs float32 only" };
    }

    private static IEnumerable<OperatorCase> Trees()
    {
        // Tree 0: x0 <= 0.5 ? (x1 > 1 ? leaf 3 : leaf 4) : leaf 2. Tree 1: x2 != 0 ? leaf 1 : leaf 2.
        var nodes = new O.TreeNodes(
            [0, 0, 0, 0, 0, 1, 1, 1], [0, 1, 2, 3, 4, 0, 1, 2], [0, 1, 0, 0, 0, 2, 0, 0], new ValueList<float>(0.5f, 1f, 0, 0, 0, 0, 0, 0),
            new ValueList<string>("BRANCH_LEQ", "BRANCH_GT", "LEAF", "LEAF", "LEAF", "BRANCH_NEQ", "LEAF", "LEAF"), [1, 3, 0, 0, 0, 1, 0, 0], [2, 4, 0, 0, 0, 2, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]);
        Tensor x = Tensor.From([5, 3], 0f, 2, 1, 0, 0, 1, 1, 0, 0, 0.5f, 1, 0, float.NaN, 5, 1);
        int[][] leaves = [[3, 1], [4, 1], [2, 2], [4, 2], [3, 1]];
        var weights = new O.TreeWeights([0, 0, 0, 1, 1], [2, 3, 4, 1, 2], [0, 0, 0, 0, 0], new ValueList<float>(1f, 2f, 3f, 10f, 20f));
        double[][] said = [.. leaves.Select(pair => new[] { pair[0] - 1.0, 10.0 * pair[1] })];
        foreach (O.TreeAggregate aggregate in Enum.GetValues<O.TreeAggregate>())
        {
            double[] y = [.. said.Select(values => 0.5 + aggregate switch { O.TreeAggregate.Sum => values.Sum(), O.TreeAggregate.Average => values.Average(), O.TreeAggregate.Min => values.Min(), _ => values.Max() })];
            yield return new($"TreeEnsembleRegressor {aggregate}", new O.TreeEnsembleRegressor(nodes, weights, 1, new ValueList<float>(0.5f), aggregate), [x], Elements.From(ElementType.Float32, [5, 1], y));
        }

        // Each leaf votes for a class of three.
        var votes = new O.TreeWeights([0, 0, 0, 0, 1, 1], [2, 3, 4, 4, 1, 2], [0, 1, 2, 0, 1, 2], new ValueList<float>(0.5f, 0.75f, 0.25f, 0.5f, 0.5f, 0.625f));
        double[][] scores = [[0, 1.25, 0], [0.5, 0.5, 0.25], [0.5, 0, 0.625], [0.5, 0, 0.875], [0, 1.25, 0]];
        foreach (O.PostTransform transform in new[] { O.PostTransform.None, O.PostTransform.Softmax, O.PostTransform.Logistic })
        {
            yield return new(
                $"TreeEnsembleClassifier {transform}", new O.TreeEnsembleClassifier(nodes, votes, [5, 6, 7], null, null, transform), [x],
                Tensor.Vector<long>([.. scores.Select(row => 5 + (long)Array.IndexOf(row, row.Max()))]))
            {
                Others = [Elements.From(ElementType.Float32, [5, 3], [.. scores.SelectMany(row => Transform(row, transform))])],
            };
        }

        var positive = new O.TreeWeights([0, 0, 0, 1, 1], [2, 3, 4, 1, 2], [0, 0, 0, 0, 0], new ValueList<float>(0.25f, 0.5f, 0f, 0.25f, 0.125f));
        double[] probabilities = [0.75, 0.25, 0.375, 0.125, 0.75];
        yield return new(
            "TreeEnsembleClassifier of probabilities", new O.TreeEnsembleClassifier(nodes, positive, null, new ValueList<string>("no", "yes")), [x],
            Tensor.Vector<string>([.. probabilities.Select(p => p > 0.5 ? "yes" : "no")]))
        { Others = [Elements.From(ElementType.Float32, [5, 2], [.. probabilities.SelectMany(p => new[] { 1 - p, p })])] };
        var mixed = new O.TreeWeights([0, 0, 0, 1, 1], [2, 3, 4, 1, 2], [0, 0, 0, 0, 0], new ValueList<float>(0.25f, 0.5f, -1f, 0.25f, -0.5f));
        double[] margins = [0.75, -0.75, -0.25, -1.5, 0.75];
        yield return new(
            "TreeEnsembleClassifier of margins", new O.TreeEnsembleClassifier(nodes, mixed, [0, 1], null, null, O.PostTransform.Logistic), [x],
            Tensor.Vector<long>([.. margins.Select(m => m > 0 ? 1L : 0L)]))
        {
            Others = [Elements.From(ElementType.Float32, [5, 2], [.. margins.SelectMany(m => new[] { 1 / (1 + Math.Exp(m)), 1 / (1 + Math.Exp(-m)) })])],
        };
    }

    private static IEnumerable<OperatorCase> Machines()
    {
        var tensors = new RandomTensors(97);
        foreach (O.SvmKernelKind kind in Enum.GetValues<O.SvmKernelKind>())
        {
            var kernel = new O.SvmKernel(kind, 0.3f, 0.6f, 2f);
            Tensor x = tensors.Float(6, 3);
            double[][] rows = [.. Elements.Of(x).Chunk(3)];
            float[] vectors = tensors.Float(5, 3).ToArray();
            double[][] kernels = [.. rows.Select(row => vectors.Chunk(3).Select(vector => Kernel(kernel, row, [.. vector.Select(v => (double)v)])).ToArray())];
            float[] coefficients = tensors.Float(2, 5).ToArray();
            float[] rho = tensors.Float(3).ToArray();
            double[] sums = [.. kernels.Select(k => rho[0] + k.Select((value, i) => value * coefficients[i]).Sum())];
            var five = new ValueList<float>(coefficients.AsSpan(0, 5));
            yield return new($"SVMRegressor {kind}", new O.SVMRegressor(kernel, five, new ValueList<float>(rho[0]), new ValueList<float>(vectors), 5), [x], Elements.From(ElementType.Float32, [6, 1], sums));
            yield return new(
                $"SVMRegressor {kind} of one class", new O.SVMRegressor(kernel, five, new ValueList<float>(rho[0]), new ValueList<float>(vectors), 5, true), [x],
                Elements.From(ElementType.Float32, [6, 1], [.. sums.Select(sum => sum > 0 ? 1.0 : -1)]));

            // Three classes with 2, 1 and 2 vectors, then two with 3 and 2.
            double Pair(double[] k, int i, int j, int[] starts) => Enumerable.Range(0, 5).Sum(v =>
                v >= starts[i] && v < starts[i + 1] ? k[v] * coefficients[((j - 1) * 5) + v] : v >= starts[j] && v < starts[j + 1] ? k[v] * coefficients[(i * 5) + v] : 0);
            int[] three = [0, 2, 3, 5];
            double[][] decisions = [.. kernels.Select(k => new[] { Pair(k, 0, 1, three) + rho[0], Pair(k, 0, 2, three) + rho[1], Pair(k, 1, 2, three) + rho[2] })];
            long[] winners = [.. decisions.Select(d =>
            {
                int[] votes = [(d[0] > 0 ? 1 : 0) + (d[1] > 0 ? 1 : 0), (d[0] > 0 ? 0 : 1) + (d[2] > 0 ? 1 : 0), (d[1] > 0 ? 0 : 1) + (d[2] > 0 ? 0 : 1)];
                return (long)Array.IndexOf(votes, votes.Max());
            })];
            yield return new(
                $"SVMClassifier {kind} of three classes", new O.SVMClassifier(kernel, new ValueList<float>(coefficients), new ValueList<float>(rho), new ValueList<float>(vectors), [2, 1, 2], [0, 1, 2]), [x],
                Tensor.Vector(winners))
            { Others = [Elements.From(ElementType.Float32, [6, 3], [.. decisions.SelectMany(d => d)])] };
            double[] single = [.. kernels.Select(k => Pair(k, 0, 1, [0, 3, 5]) + rho[0])];
            var two = new O.SVMClassifier(kernel, five, new ValueList<float>(rho[0]), new ValueList<float>(vectors), [3, 2], null, new ValueList<string>("a", "b"));
            Tensor labels = Tensor.Vector<string>([.. single.Select(d => d > 0 ? "a" : "b")]);
            yield return new($"SVMClassifier {kind} of two classes", two, [x], labels) { Others = [Elements.From(ElementType.Float32, [6, 2], [.. single.SelectMany(d => new[] { -d, d })])] };

            // Pairs that are even leave all classes even; others stop at a tolerance, see PairwiseProbabilitiesTests.
            yield return new(
                $"SVMClassifier {kind} with probabilities", two with { ProbA = new ValueList<float>(0f), ProbB = new ValueList<float>(0f) }, [x], labels)
            {
                Others = [Elements.From(ElementType.Float32, [6, 2], [.. Enumerable.Repeat(0.5, 12)])],
            };
        }
    }

    private static double Kernel(O.SvmKernel kernel, double[] x, double[] y)
    {
        double dot = x.Zip(y, (a, b) => a * b).Sum();
        return kernel.Kind switch
        {
            O.SvmKernelKind.Linear => dot,
            O.SvmKernelKind.Polynomial => Math.Pow((kernel.Gamma * dot) + kernel.Offset, kernel.Degree),
            O.SvmKernelKind.Rbf => Math.Exp(-kernel.Gamma * x.Zip(y, (a, b) => (a - b) * (a - b)).Sum()),
            _ => Math.Tanh((kernel.Gamma * dot) + kernel.Offset),
        };
    }

    private static double[] Transform(double[] row, O.PostTransform transform)
    {
        switch (transform)
        {
            case O.PostTransform.Logistic:
                return [.. row.Select(x => 1 / (1 + Math.Exp(-x)))];
            case O.PostTransform.Softmax or O.PostTransform.SoftmaxZero:
                double max = row.Max();
                double sum = row.Sum(x => transform == O.PostTransform.SoftmaxZero && x == 0 ? 0 : Math.Exp(x - max));
                return [.. row.Select(x => transform == O.PostTransform.SoftmaxZero && x == 0 ? 0 : Math.Exp(x - max) / sum)];
            default:
                return row;
        }
    }
}
