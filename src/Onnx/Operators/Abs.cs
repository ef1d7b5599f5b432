namespace Toolkit.Onnx.Operators;

/// <summary>y = |x|. https://onnx.ai/onnx/operators/onnx__Abs.html</summary>
public sealed record Abs : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Abs();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Numeric;
}
