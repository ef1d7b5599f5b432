namespace Toolkit.Export.Quantization;

/// <summary>One node of a quantized model.</summary>
/// <param name="Node">The node's name, which the exclude list takes.</param>
/// <param name="OperatorType">The operator's name in ONNX.</param>
/// <param name="Activation">The activation that it takes in: nothing is rounded between the two; null without one.</param>
/// <param name="IsQuantized">Whether it works on 8-bit codes.</param>
/// <param name="Reason">Why it stays float; null where it does not.</param>
/// <param name="Value">The value of the float model in which its result is seen.</param>
/// <param name="QuantizedValue">The float value of the quantized model that stands for it.</param>
/// <param name="Parameters">The parameters of its result; null where that stays float.</param>
public sealed record QuantizedLayer(
    string Node, string OperatorType, string? Activation, bool IsQuantized, string? Reason, string Value, string QuantizedValue, QuantizationParameters? Parameters);
