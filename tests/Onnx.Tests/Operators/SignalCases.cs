using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using static Toolkit.Onnx.Tests.Operators.OperatorCases;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>Random numbers, windows and spectra.</summary>
internal static class SignalCases
{
    private static readonly ValueInfo Signal = Models.Float("x", "N", 10, 1);

    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        Case(new Bernoulli(ElementType.Bool, 3f), ElementType.Bool, ["N", 3], Models.Float("x", "N", 3)),
        Case(new Multinomial(5, ElementType.Int64), ElementType.Int64, ["N", 5], Models.Float("x", "N", 3)),
        Case(new RandomNormal([2, 3], 1f, 2f, ElementType.Float64, 5f), ElementType.Float64, [2, 3]),
        Case(new RandomNormalLike(1f, 2f), ElementType.Float32, ["N", 3], Models.Float("x", "N", 3)),
        Case(new RandomUniform([4], -1f, 3f), ElementType.Float32, [4]),
        Case(new RandomUniformLike(-1f, 3f, ElementType.Float64, 7f), ElementType.Float64, ["N", 3], Models.Float("x", "N", 3)),
        Case(new BlackmanWindow(ElementType.Float64, false), ElementType.Float64, [10], Tensor.Scalar(10L)),
        Case(new HammingWindow(), ElementType.Float32, [10], Tensor.Scalar(10)),
        Case(new HannWindow(), ElementType.Float32, [Dimension.Unknown], new ValueInfo("n", ElementType.Int64, new SymbolicShape())),
        Case(new DFT(false, true), ElementType.Float32, ["N", 6, 2], Signal, "", Tensor.Scalar(1L)),
        Case(new DFT(true), ElementType.Float32, ["N", 16, 2], Models.Float("x", "N", 10, 2), Tensor.Scalar(16L), Tensor.Scalar(-2L)),
        Case(new STFT(), ElementType.Float32, [5, 4, 3, 2], Models.Float("x", 5, 10, 1), Tensor.Scalar(2L), new Tensor<float>([4])),
        Case(new STFT(false), ElementType.Float32, [5, 3, 5, 2], Models.Float("x", 5, 10, 1), Tensor.Scalar(2L), "", Tensor.Scalar(5L)),
        Case(new MelWeightMatrix(), ElementType.Float32, [9, 8], Tensor.Scalar(8L), Tensor.Scalar(16L), Tensor.Scalar(8192L), Tensor.Scalar(0f), Tensor.Scalar(4096f)),
    ];
}
