namespace Toolkit.Onnx.Operators;

/// <summary>y = e^(x - max) / Σ e^(x - max) along an axis. https://onnx.ai/onnx/operators/onnx__Softmax.html</summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
public sealed record Softmax(int Axis = -1) : SoftmaxOperator(Axis)
{
    internal static Operator Read(AttributeReader reader) => Read(reader, axis => new Softmax(axis));
}
