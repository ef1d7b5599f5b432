namespace Toolkit.Onnx.Operators;

/// <summary>C = A and B, bit by bit, of integers. https://onnx.ai/onnx/operators/onnx__BitwiseAnd.html</summary>
public sealed record BitwiseAnd : BroadcastOperator
{
    internal static Operator Read(AttributeReader reader) => new BitwiseAnd();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Integer;
}
