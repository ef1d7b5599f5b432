using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using static Toolkit.Onnx.Tests.Operators.OperatorCases;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>The cases of classic models; part of <see cref="OperatorCases"/>.</summary>
internal static class ClassicCases
{
    private static readonly ValueInfo X = Models.Float("x", "N", 3);
    private static readonly TreeNodes Nodes = new([0, 0, 0], [0, 1, 2], [1, 0, 0], new ValueList<float>(0.5f, 0, 0), new ValueList<string>("BRANCH_LEQ", "LEAF", "LEAF"), [1, 0, 0], [2, 0, 0], [1, 0, 0]);

    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        Case(new ArrayFeatureExtractor(), ElementType.Float32, ["N", 2], X, Tensor.Vector(0L, 2L)),
        Case(new Binarizer(0.5f), ElementType.Float32, ["N", 3], X),
        Case(new CategoryMapper([1, 2], new ValueList<string>("a", "b"), 7, "?"), ElementType.Int64, ["N"], new ValueInfo("x", ElementType.String, new SymbolicShape("N"))),
        Case(new FeatureVectorizer([3, 2]), ElementType.Float32, ["N", 5], X, Models.Float("z", "N", 4)),
        Case(new Imputer(new ValueList<float>(1f, 2f, 3f), [4], float.NaN, 5), ElementType.Float32, ["N", 3], X),
        Case(new LabelEncoder(Value(Tensor.Vector("a", "b")), Value(Tensor.Vector(1L, 2L)), Value(Tensor.Vector(-1L))), ElementType.Int64, ["N"], new ValueInfo("x", ElementType.String, new SymbolicShape("N"))),
        Case(new LinearClassifier(Floats(6), Floats(2), [0, 1], null, PostTransform.Softmax, 1), ElementType.Int64, ["N"], X),
        Case(new LinearRegressor(Floats(6), Floats(2), 2, PostTransform.Logistic), ElementType.Float32, ["N", 2], X),
        Case(new Normalizer(NormKind.L2), ElementType.Float32, ["N", 3], X),
        Case(new OneHotEncoder([1, 2, 3, 4], null, false), ElementType.Float32, ["N", 3, 4], X),
        Case(new Scaler(Floats(3), Floats(1)), ElementType.Float32, ["N", 3], X),
        Case(
            new TreeEnsemble(
                [1, 0],
                new TreeBranches([0, 1], new ValueList<byte>(6, 2), Floats(2), [1, 1], [0, 1], [0, 0], [1, 1], [1, 0], new TreeNumbers(new ValueList<double>(1.5, double.NaN), ElementType.Float16)),
                [0, 1], new TreeNumbers(new ValueList<double>(0.1, 0.2), ElementType.Float64), 2, TreeAggregate.Average, PostTransform.Softmax),
            ElementType.Float32, ["N", 2], X),
        Case(
            new TreeEnsembleClassifier(
                Nodes with { Values = Wide(3) }, new TreeWeights([0, 0], [1, 2], [0, 1], Wide(2)), [3, 4], null, Wide(2)),
            ElementType.Int64, ["N"], X),
        Case(new TreeEnsembleClassifier(Nodes, new TreeWeights([0, 0], [1, 2], [0, 1], Floats(2)), null, new ValueList<string>("a", "b"), Floats(2), PostTransform.Softmax), ElementType.String, ["N"], X),
        Case(new TreeEnsembleRegressor(Nodes, new TreeWeights([0, 0], [1, 2], [0, 1], Floats(2)), 2, Floats(2), TreeAggregate.Average, PostTransform.Logistic), ElementType.Float32, ["N", 2], X),
        Case(
            new SVMClassifier(new SvmKernel(SvmKernelKind.Rbf, 0.5f, 1f, 2f), Floats(4), Floats(1), Floats(12), [1, 3], [0, 1], null, Floats(1), Floats(1), PostTransform.Softmax), ElementType.Int64, ["N"], X),
        Case(new SVMClassifier(new SvmKernel(SvmKernelKind.Linear), Floats(6), Floats(1), Floats(0), [], null, new ValueList<string>("a", "b")), ElementType.String, ["N"], X),
        Case(new SVMRegressor(new SvmKernel(SvmKernelKind.Polynomial, 0.5f, 1f, 2f), Floats(4), Floats(1), Floats(12), 4, true, PostTransform.Logistic), ElementType.Float32, ["N", 1], X),
    ];

    private static TreeNumbers Wide(int count) => new(new ValueList<double>([.. Enumerable.Range(0, count).Select(i => i + 0.1)]), ElementType.Float64);

    private static TensorValue Value(Tensor tensor) => new(tensor);

    private static ValueList<float> Floats(int count) => new([.. Enumerable.Range(0, count).Select(i => i + 0.5f)]);
}
