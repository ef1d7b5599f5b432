namespace Toolkit.Onnx.Operators;

/// <summary>y = max(0, x) + min(0, α · (e^(x / α) - 1)). https://onnx.ai/onnx/operators/onnx__Celu.html</summary>
/// <param name="Alpha">α.</param>
public sealed record Celu(float Alpha = 1f) : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Celu(reader.Float("alpha", 1f));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Float("alpha", Alpha);
}
