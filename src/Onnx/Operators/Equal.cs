namespace Toolkit.Onnx.Operators;

/// <summary>C = (A = B). https://onnx.ai/onnx/operators/onnx__Equal.html</summary>
public sealed record Equal : CompareOperator
{
    internal static Operator Read(AttributeReader reader)
    {
        ReadLegacyBroadcast(reader);
        return new Equal();
    }

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Numeric | ElementTypeSet.Bool | ElementTypeSet.String;
}
