namespace Toolkit.Onnx.Operators;

/// <summary>C = A or B, of bool. https://onnx.ai/onnx/operators/onnx__Or.html</summary>
public sealed record Or : BroadcastOperator
{
    internal static Operator Read(AttributeReader reader)
    {
        ReadLegacyBroadcast(reader);
        return new Or();
    }

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Bool;
}
