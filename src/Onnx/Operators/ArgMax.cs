namespace Toolkit.Onnx.Operators;

/// <summary>The index of the greatest element along an axis. https://onnx.ai/onnx/operators/onnx__ArgMax.html</summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
/// <param name="KeepDims">Whether the axis stays, with size 1.</param>
/// <param name="SelectLastIndex">Whether the last of equal elements is taken rather than the first.</param>
public sealed record ArgMax(int Axis = 0, bool KeepDims = true, bool SelectLastIndex = false) : ArgOperator(Axis, KeepDims, SelectLastIndex)
{
    internal static Operator Read(AttributeReader reader) => Read(reader, (axis, keepDims, last) => new ArgMax(axis, keepDims, last));
}
