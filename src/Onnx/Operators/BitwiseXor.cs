namespace Toolkit.Onnx.Operators;

/// <summary>C = A exclusive-or B, bit by bit, of integers. https://onnx.ai/onnx/operators/onnx__BitwiseXor.html</summary>
public sealed record BitwiseXor : BroadcastOperator
{
    internal static Operator Read(AttributeReader reader) => new BitwiseXor();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Integer;
}
