namespace Toolkit.Onnx.Operators;

/// <summary>C = A or B, bit by bit, of integers. https://onnx.ai/onnx/operators/onnx__BitwiseOr.html</summary>
public sealed record BitwiseOr : BroadcastOperator
{
    internal static Operator Read(AttributeReader reader) => new BitwiseOr();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Integer;
}
