namespace Toolkit.Onnx.Operators;

/// <summary>y = x for x > 0, else α · x. https://onnx.ai/onnx/operators/onnx__LeakyRelu.html</summary>
/// <param name="Alpha">α.</param>
public sealed record LeakyRelu(float Alpha = 0.01f) : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new LeakyRelu(reader.Float("alpha", 0.01f));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Float("alpha", Alpha);
}
