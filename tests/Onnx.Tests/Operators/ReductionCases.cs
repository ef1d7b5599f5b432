using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using static Toolkit.Onnx.Tests.Operators.OperatorCases;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>Reductions, running results and normalisations.</summary>
internal static class ReductionCases
{
    private static readonly ValueInfo X = Models.Float("x", "N", 3, 4);

    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        Case(new CumProd(true), ElementType.Float32, ["N", 3, 4], X, Tensor.Scalar(-1)),
        Case(new CumSum(false, true), ElementType.Float32, ["N", 3, 4], X, Tensor.Scalar(2L)),
        Case(new Hardmax(1), ElementType.Float32, ["N", 3, 4], X),
        Case(new LpNormalization(1, 1), ElementType.Float32, ["N", 3, 4], X),
        Case(new MeanVarianceNormalization([0, -1]), ElementType.Float32, ["N", 3, 4], X),
        Case(new ReduceL1(false), ElementType.Float32, ["N"], X, Tensor.Vector(1L, -1L)),
        Case(new ReduceL2(), ElementType.Float32, [1, 1, 1], X),
        Case(new ReduceLogSum(), ElementType.Float32, ["N", 1, 4], X, Tensor.Vector(1L)),
        Case(new ReduceLogSumExp(false), ElementType.Float32, [], X),
        Case(new ReduceProd(false), ElementType.Float32, [3, 4], X, Tensor.Vector(0L)),
        Case(new ReduceSumSquare(), ElementType.Float32, ["N", 3, 1], X, Tensor.Vector(2L)),
    ];
}
