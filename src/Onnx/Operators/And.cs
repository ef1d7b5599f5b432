namespace Toolkit.Onnx.Operators;

/// <summary>C = A and B, of bool. https://onnx.ai/onnx/operators/onnx__And.html</summary>
public sealed record And : BroadcastOperator
{
    internal static Operator Read(AttributeReader reader)
    {
        ReadLegacyBroadcast(reader);
        return new And();
    }

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Bool;
}
