namespace Toolkit.Onnx.Operators;

/// <summary>The least element over axes. https://onnx.ai/onnx/operators/onnx__ReduceMin.html</summary>
/// <param name="KeepDims">Whether a reduced axis stays, with size 1.</param>
/// <param name="NoopWithEmptyAxes">Whether no axes mean to reduce nothing.</param>
public sealed record ReduceMin(bool KeepDims = true, bool NoopWithEmptyAxes = false) : ReduceOperator(KeepDims, NoopWithEmptyAxes)
{
    internal static Operator Read(AttributeReader reader) => Read(reader, 18, (keepDims, noop) => new ReduceMin(keepDims, noop));

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Numeric | ElementTypeSet.Bool;
}
