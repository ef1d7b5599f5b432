namespace Toolkit.Onnx.Operators;

/// <summary>y = not x, bit by bit, of integers. https://onnx.ai/onnx/operators/onnx__BitwiseNot.html</summary>
public sealed record BitwiseNot : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new BitwiseNot();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Integer;
}
