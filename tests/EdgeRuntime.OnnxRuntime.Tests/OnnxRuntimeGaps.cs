namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

/// <summary>Cases of operators for which ONNX Runtime 1.31 has no CPU kernel.</summary>
internal static class OnnxRuntimeGaps
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Acos float64", "Acosh float64", "Asin float64", "Asinh float64", "Atan float64", "Atanh float64", "Cosh float64", "Mish float64", "Sinh float64",
        "Softsign float64", "Tan float64", "ThresholdedRelu float64",
        "Hardmax float64", "MeanVarianceNormalization float64 over other axes",
        "ReduceL1 UInt32", "ReduceL1 UInt64", "ReduceL2 UInt32", "ReduceL2 UInt64", "ReduceLogSum UInt32", "ReduceLogSum UInt64",
        "ReduceLogSumExp UInt32", "ReduceLogSumExp UInt64", "ReduceProd UInt32", "ReduceProd UInt64", "ReduceSumSquare UInt32", "ReduceSumSquare UInt64",
        "BitCast bool to uint8", "OneHot bool of int32", "OneHot int64 of float32", "OneHot of a scalar",
    ];
}
