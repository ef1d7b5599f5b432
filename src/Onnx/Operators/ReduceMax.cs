namespace Toolkit.Onnx.Operators;

/// <summary>The greatest element over axes. https://onnx.ai/onnx/operators/onnx__ReduceMax.html</summary>
/// <param name="KeepDims">Whether a reduced axis stays, with size 1.</param>
/// <param name="NoopWithEmptyAxes">Whether no axes mean to reduce nothing.</param>
public sealed record ReduceMax(bool KeepDims = true, bool NoopWithEmptyAxes = false) : ReduceOperator(KeepDims, NoopWithEmptyAxes)
{
    internal static Operator Read(AttributeReader reader) => Read(reader, 18, (keepDims, noop) => new ReduceMax(keepDims, noop));

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Numeric | ElementTypeSet.Bool;
}
