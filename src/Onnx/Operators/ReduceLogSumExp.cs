namespace Toolkit.Onnx.Operators;

/// <summary>ln Σ eˣ over axes. https://onnx.ai/onnx/operators/onnx__ReduceLogSumExp.html</summary>
/// <param name="KeepDims">Whether a reduced axis stays, with size 1.</param>
/// <param name="NoopWithEmptyAxes">Whether no axes mean to reduce nothing; each element is then reduced by itself.</param>
public sealed record ReduceLogSumExp(bool KeepDims = true, bool NoopWithEmptyAxes = false) : ReduceOperator(KeepDims, NoopWithEmptyAxes)
{
    internal static Operator Read(AttributeReader reader) => Read(reader, 18, (keepDims, noop) => new ReduceLogSumExp(keepDims, noop));
}
