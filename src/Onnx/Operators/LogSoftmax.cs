namespace Toolkit.Onnx.Operators;

/// <summary>y = x - max - ln Σ e^(x - max) along an axis. https://onnx.ai/onnx/operators/onnx__LogSoftmax.html</summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
public sealed record LogSoftmax(int Axis = -1) : SoftmaxOperator(Axis)
{
    internal static Operator Read(AttributeReader reader) => Read(reader, axis => new LogSoftmax(axis));
}
