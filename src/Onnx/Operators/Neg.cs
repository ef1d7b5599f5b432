namespace Toolkit.Onnx.Operators;

/// <summary>y = -x. https://onnx.ai/onnx/operators/onnx__Neg.html</summary>
public sealed record Neg : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Neg();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Floating | ElementTypeSet.Signed;
}
