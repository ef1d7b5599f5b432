namespace Toolkit.Onnx.Operators;

/// <summary>y = min(x₁, x₂, …). https://onnx.ai/onnx/operators/onnx__Min.html</summary>
public sealed record Min : VariadicOperator
{
    internal static Operator Read(AttributeReader reader) => new Min();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Numeric;
}
