namespace Toolkit.Onnx.Operators;

/// <summary>The sum over axes. https://onnx.ai/onnx/operators/onnx__ReduceSum.html</summary>
/// <param name="KeepDims">Whether a reduced axis stays, with size 1.</param>
/// <param name="NoopWithEmptyAxes">Whether no axes mean to reduce nothing.</param>
public sealed record ReduceSum(bool KeepDims = true, bool NoopWithEmptyAxes = false) : ReduceOperator(KeepDims, NoopWithEmptyAxes)
{
    internal static Operator Read(AttributeReader reader) => Read(reader, 13, (keepDims, noop) => new ReduceSum(keepDims, noop));

    /// <inheritdoc/>
    protected override int AxesInputSince => 13;
}
