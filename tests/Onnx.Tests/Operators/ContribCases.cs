using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using static Toolkit.Onnx.Tests.Operators.OperatorCases;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>The cases of the domain com.microsoft; part of <see cref="OperatorCases"/>.</summary>
internal static class ContribCases
{
    private static readonly ValueInfo Image = new("x", ElementType.UInt8, new SymbolicShape("N", 4, 7, 9));
    private static readonly Tensor Scale = Tensor.Scalar(0.5f);
    private static readonly Tensor Zero = Tensor.Scalar((byte)3);

    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        Case(new QLinearAdd(), ElementType.UInt8, ["N", 4, 7, 9], Image, Scale, Zero, Bytes(9), Scale, Zero, Scale, Zero),
        Case(new QLinearMul(), ElementType.UInt8, ["N", 4, 7, 9], Image, Scale, "", Bytes(7, 1), Scale, "", Scale),
        Case(new QLinearLeakyRelu(0.2f), ElementType.UInt8, ["N", 4, 7, 9], Image, Scale, Zero, Scale, Zero),
        Case(new QLinearSigmoid(), ElementType.UInt8, ["N", 4, 7, 9], Image, Scale, Zero, Scale, Zero),
        Case(new QLinearSoftmax(1, 11), ElementType.UInt8, ["N", 4, 7, 9], Image, Scale, Zero, Scale, Zero),
        Case(new QLinearGlobalAveragePool(), ElementType.UInt8, ["N", 4, 1, 1], Image, Scale, Zero, Scale, Zero),
        Case(new QLinearGlobalAveragePool(true), ElementType.UInt8, ["N", 1, 1, 9], Image, Scale, Zero, Scale, Zero),
        Case(new QLinearAveragePool([3, 2], [2, 2], [1, 0, 1, 1], true, true), ElementType.UInt8, ["N", 4, 4, 5], Image, Scale, Zero, Scale, Zero),
        Case(new QLinearConcat(1), ElementType.UInt8, [2, 7], Scale, Zero, Bytes(2, 3), Scale, Zero, Bytes(2, 4), Scale, Zero),
        Case(new QLinearWhere(), ElementType.UInt8, [2, 3], new Tensor<bool>([2, 1]), Bytes(3), Scale, Zero, Bytes(2, 3), Scale, Zero, Scale, Zero),
        Case(new QGemm(0.5f, true, true), ElementType.UInt8, [3, 5], Bytes(2, 3), Scale, Zero, Bytes(5, 2), new Tensor<float>([5]), Bytes(5), new Tensor<int>([5]), Scale, Zero),
        Case(new QGemm(), ElementType.Float32, [2, 5], Bytes(2, 3), Scale, Zero, Bytes(3, 5), Scale, Zero),
        Case(new MatMulIntegerToFloat(), ElementType.Float32, [6, 2, 5], Bytes(6, 2, 3), Bytes(3, 5), Scale, new Tensor<float>([5]), Zero, Bytes(5), new Tensor<float>([5])),
    ];

    private static Tensor<byte> Bytes(params int[] shape) => new(new Numerics.Shape(shape));
}
