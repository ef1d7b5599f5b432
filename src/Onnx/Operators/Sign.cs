namespace Toolkit.Onnx.Operators;

/// <summary>y = -1, 0 or 1 as x is less than, equal to or greater than 0. https://onnx.ai/onnx/operators/onnx__Sign.html</summary>
public sealed record Sign : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Sign();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Numeric;
}
