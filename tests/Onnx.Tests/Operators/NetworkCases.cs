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
    ];

    private static Tensor<float> New(params int[] shape) => new(new Numerics.Shape(shape));
}
