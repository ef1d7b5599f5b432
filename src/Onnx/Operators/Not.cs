namespace Toolkit.Onnx.Operators;

/// <summary>y = not x, of bool. https://onnx.ai/onnx/operators/onnx__Not.html</summary>
public sealed record Not : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Not();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Bool;
}
