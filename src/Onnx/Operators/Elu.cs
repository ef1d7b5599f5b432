namespace Toolkit.Onnx.Operators;

/// <summary>y = x for x > 0, else α · (eˣ - 1). https://onnx.ai/onnx/operators/onnx__Elu.html</summary>
/// <param name="Alpha">α.</param>
public sealed record Elu(float Alpha = 1f) : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Elu(reader.Float("alpha", 1f));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Float("alpha", Alpha);
}
