namespace Toolkit.Onnx.Operators;

/// <summary>The arithmetic mean over axes. https://onnx.ai/onnx/operators/onnx__ReduceMean.html</summary>
/// <param name="KeepDims">Whether a reduced axis stays, with size 1.</param>
/// <param name="NoopWithEmptyAxes">Whether no axes mean to reduce nothing.</param>
public sealed record ReduceMean(bool KeepDims = true, bool NoopWithEmptyAxes = false) : ReduceOperator(KeepDims, NoopWithEmptyAxes)
{
    internal static Operator Read(AttributeReader reader) => Read(reader, 18, (keepDims, noop) => new ReduceMean(keepDims, noop));
}
