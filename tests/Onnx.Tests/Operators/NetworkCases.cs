using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx.Operators;
using static Toolkit.Onnx.Tests.Operators.OperatorCases;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>The cases of recurrent layers, attention, quantization and sampling; part of <see cref="OperatorCases"/>.</summary>
internal static class NetworkCases
{
    private static readonly ValueInfo Image = Models.Float("x", "N", 4, 7, 9);
    private static readonly ValueInfo Sequence = Models.Float("x", "T", "N", 3);

    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        Case(new RNN(4, RecurrentDirection.Reverse, new ValueList<CellActivation>(new CellActivation(CellActivationKind.HardSigmoid, 0.25f, 0.5f)), 2f), ElementType.Float32, ["T", 1, "N", 4], Sequence, New(1, 4, 3), New(1, 4, 4)),
        Case(
            new GRU(null, RecurrentDirection.Bidirectional, new ValueList<CellActivation>(new(CellActivationKind.Relu), new(CellActivationKind.Affine, 2f, 0.5f), new(CellActivationKind.Elu, 0.5f), new(CellActivationKind.Softsign)), null, true),
            ElementType.Float32, ["T", 2, "N", 5], Sequence, New(2, 15, 3), New(2, 15, 5), New(2, 30)),
        Case(new LSTM(4, RecurrentDirection.Forward, null, 3f, true), ElementType.Float32, ["T", 1, "N", 4], Sequence, New(1, 16, 3), New(1, 16, 4), New(1, 32), "", New(1, 2, 4), New(1, 2, 4), New(1, 12)),
        Case(new LpPool([3, 2], [2, 2], [1, 0, 1, 1], [1, 2], true, 3), ElementType.Float32, ["N", 4, 4, 5], Image) with { MinOpset = 18 },
        Case(new GlobalLpPool(3), ElementType.Float32, ["N", 4, 1, 1], Image),
        Case(new MaxUnpool([3, 2], [2, 2], [1, 0, 1, 0]), ElementType.Float32, ["N", 4, 13, 18], Image, new ValueInfo("i", ElementType.Int64, new SymbolicShape("N", 4, 7, 9))),
        Case(new GroupNormalization(2, 1e-3f, ElementType.Float64), ElementType.Float32, ["N", 4, 7, 9], Image, New(4), New(4)) with { MinOpset = 21 },
        Case(new RMSNormalization(1, 1e-3f, ElementType.Float64), ElementType.Float32, ["N", 4, 7, 9], Image, New(7, 9)),
        Case(
            new Attention(true, null, null, AttentionOutputMode.Masked, 0.5f, 2f, ElementType.Float32), ElementType.Float32, [2, 4, 7, 9], Image, New(2, 2, 5, 9), New(2, 2, 5, 9), New(7, 8), New(2, 2, 3, 9), New(2, 2, 3, 9)),
        Case(new Attention(false, 3, 1), ElementType.Float32, ["N", 4, 15], Models.Float("x", "N", 4, 12), Models.Float("k", "N", 6, 4), Models.Float("v", "N", 6, 5)),
        Case(new RotaryEmbedding(true, 2, 4), ElementType.Float32, ["N", 3, 12], Models.Float("x", "N", 3, 12), New(50, 2), New(50, 2), new ValueInfo("p", ElementType.Int64, new SymbolicShape("N", 3))),
        Case(new QuantizeLinear(2, 4, ElementType.Int16, true, ElementType.Float32), ElementType.Int16, [2, 3, 9], Models.Float("x", 2, 3, 9), New(2, 3, 3)) with { MinOpset = 23 },
        Case(new QuantizeLinear(1), ElementType.UInt8, ["N", 4, 7, 9], Image, New(4), Bytes(4)),
        Case(new DequantizeLinear(0, 2, ElementType.Float32), ElementType.Float32, [4, 3], Bytes(4, 3), New(2, 3), Bytes(2, 3)) with { MinOpset = 23 },
        Case(new DequantizeLinear(), ElementType.Float32, [4, 3], Bytes(4, 3), New(3)),
        Case(new DynamicQuantizeLinear(), ElementType.UInt8, ["N", 4, 7, 9], Image) with { Outputs = 3 },
        Case(new ConvInteger([3, 3], [2, 1], [1, 1, 1, 1], [1, 1], 2), ElementType.Int32, [1, 6, 4, 9], Bytes(1, 4, 7, 9), Bytes(6, 2, 3, 3), Bytes(), Bytes(6)),
        Case(
            new QLinearConv([3, 3], [2, 1], [1, 1, 1, 1], [1, 1], 2), ElementType.UInt8, [1, 6, 4, 9],
            Bytes(1, 4, 7, 9), New(), Bytes(), Bytes(6, 2, 3, 3), New(6), Bytes(6), New(), Bytes(), new Tensor<int>([6])),
        Case(new MatMulInteger(), ElementType.Int32, [2, 3, 5], Bytes(2, 3, 4), Bytes(4, 5), Bytes(2, 3, 1), Bytes(5)),
        Case(new QLinearMatMul(), ElementType.UInt8, [2, 3, 5], Bytes(2, 3, 4), New(3), Bytes(3), Bytes(4, 5), New(5), Bytes(5), New(), Bytes()),
        Case(new AffineGrid(true), ElementType.Float32, [2, 5, 6, 2], Models.Float("x", "N", 2, 3), Tensor.Vector(2L, 1L, 5L, 6L)),
        Case(new GridSample(SamplingMode.Cubic, SamplingPadding.Reflection, true), ElementType.Float32, ["N", 4, 5, 6], Image, Models.Float("g", "N", 5, 6, 2)),
        Case(new Col2Im([1, 2], [0, 1, 1, 0], [2, 1]), ElementType.Float32, ["N", 2, 5, 5], Models.Float("x", "N", 8, 12), Tensor.Vector(5L, 5L), Tensor.Vector(2L, 2L)),
        Case(
            new DeformConv([3, 3], [2, 1], [1, 1, 1, 1], [1, 1], 2, 2), ElementType.Float32, ["N", 6, 4, 9],
            Image, New(6, 2, 3, 3), Models.Float("o", "N", 36, 4, 9), New(6), Models.Float("m", "N", 18, 4, 9)),
        Case(new RoiAlign(3, 2, 2, 0.5f, true, true), ElementType.Float32, ["R", 4, 3, 2], Image, Models.Float("r", "R", 4), new ValueInfo("i", ElementType.Int64, new SymbolicShape("R"))),
        Case(new MaxRoiPool([3, 2], 0.5f), ElementType.Float32, ["R", 4, 3, 2], Image, Models.Float("r", "R", 5)),
        Case(new NonMaxSuppression(true), ElementType.Int64, [Dimension.Unknown, 3], Models.Float("b", "N", 5, 4), Models.Float("s", "N", 2, 5), Tensor.Scalar(3L), Tensor.Scalar(0.5f), Tensor.Scalar(0.1f)),
        Case(new NegativeLogLikelihoodLoss(LossReduction.None, -1), ElementType.Float32, ["N", 7, 9], Image, new ValueInfo("t", ElementType.Int64, new SymbolicShape("N", 7, 9)), New(4)),
        Case(new SoftmaxCrossEntropyLoss(LossReduction.Sum, 3), ElementType.Float32, [], Image, new ValueInfo("t", ElementType.Int32, new SymbolicShape("N", 7, 9)), New(4)),
        Case(
            new LinearAttention(4, 2, LinearAttentionRule.GatedDelta, 0.5f), ElementType.Float32, [2, 3, 20],
            New(2, 3, 16), New(2, 3, 8), New(2, 3, 10), New(2, 2, 4, 5), New(2, 3, 2), New(2, 3, 1)),
        Case(new CausalConvWithState(true), ElementType.Float32, [2, 4, 8], New(2, 4, 8), New(4, 1, 3), New(4), New(2, 4, 2)),
    ];

    private static Tensor<byte> Bytes(params int[] shape) => new(new Numerics.Shape(shape));

    private static Tensor<float> New(params int[] shape) => new(new Numerics.Shape(shape));
}
