namespace Toolkit.Onnx.Operators;

/// <summary>C = either A or B, not both, of bool. https://onnx.ai/onnx/operators/onnx__Xor.html</summary>
public sealed record Xor : BroadcastOperator
{
    internal static Operator Read(AttributeReader reader)
    {
        ReadLegacyBroadcast(reader);
        return new Xor();
    }

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Bool;
}
