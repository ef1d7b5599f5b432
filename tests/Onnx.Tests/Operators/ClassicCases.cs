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
        Case(new Imputer(new ValueList<float>(1f, 2f, 3f), [4], float.NaN, 5), ElementType.Float32, ["N", 3], X),
        Case(new LabelEncoder(Value(Tensor.Vector("a", "b")), Value(Tensor.Vector(1L, 2L)), Value(Tensor.Vector(-1L))), ElementType.Int64, ["N"], new ValueInfo("x", ElementType.String, new SymbolicShape("N"))),
        Case(new LinearClassifier(Floats(6), Floats(2), [0, 1], null, PostTransform.Softmax, 1), ElementType.Int64, ["N"], X),
        Case(new LinearRegressor(Floats(6), Floats(2), 2, PostTransform.Logistic), ElementType.Float32, ["N", 2], X),
        Case(new Normalizer(NormKind.L2), ElementType.Float32, ["N", 3], X),
        Case(new OneHotEncoder([1, 2, 3, 4], null, false), ElementType.Float32, ["N", 3, 4], X),
        Case(new Scaler(Floats(3), Floats(1)), ElementType.Float32, ["N", 3], X),
        Case(new TreeEnsembleClassifier(Nodes, new TreeWeights([0, 0], [1, 2], [0, 1], Floats(2)), null, new ValueList<string>("a", "b"), Floats(2), PostTransform.Softmax), ElementType.String, ["N"], X),
        Case(new TreeEnsembleRegressor(Nodes, new TreeWeights([0, 0], [1, 2], [0, 1], Floats(2)), 2, Floats(2), TreeAggregate.Average, PostTransform.Logistic), ElementType.Float32, ["N", 2], X),
        Case(
            new SVMClassifier(new SvmKernel(SvmKernelKind.Rbf, 0.5f, 1f, 2f), Floats(4), Floats(1), Floats(12), [1, 3], [0, 1], null, Floats(1), Floats(1), PostTransform.Softmax), ElementType.Int64, ["N"], X),
        Case(new SVMRegressor(new SvmKernel(SvmKernelKind.Polynomial, 0.5f, 1f, 2f), Floats(4), Floats(1), Floats(12), 4, true, PostTransform.Logistic), ElementType.Float32, ["N", 1], X),
    ];

    private static TensorValue Value(Tensor tensor) => new(tensor);

    private static ValueList<float> Floats(int count) => new([.. Enumerable.Range(0, count).Select(i => i + 0.5f)]);
}
