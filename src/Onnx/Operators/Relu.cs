namespace Toolkit.Onnx.Operators;

/// <summary>y = max(0, x). https://onnx.ai/onnx/operators/onnx__Relu.html</summary>
public sealed record Relu : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Relu();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Floating | ElementTypeSet.Signed;
}
