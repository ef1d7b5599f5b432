namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

/// <summary>Cases of operators for which ONNX Runtime 1.31 has no CPU kernel.</summary>
internal static class OnnxRuntimeGaps
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Acos float64", "Acosh float64", "Asin float64", "Asinh float64", "Atan float64", "Atanh float64", "Cosh float64", "Mish float64", "Sinh float64",
        "Softsign float64", "Tan float64", "ThresholdedRelu float64",
    ];
}
