namespace Toolkit.Onnx.Operators;

/// <summary>y = max(x₁, x₂, …). https://onnx.ai/onnx/operators/onnx__Max.html</summary>
public sealed record Max : VariadicOperator
{
    internal static Operator Read(AttributeReader reader) => new Max();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Numeric;
}
