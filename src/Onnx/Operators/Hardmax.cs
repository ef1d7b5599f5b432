namespace Toolkit.Onnx.Operators;

/// <summary>1 for the first greatest element along an axis, 0 for the others. https://onnx.ai/onnx/operators/onnx__Hardmax.html</summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
public sealed record Hardmax(int Axis = -1) : SoftmaxOperator(Axis)
{
    internal static Operator Read(AttributeReader reader) => Read(reader, axis => new Hardmax(axis));
}
