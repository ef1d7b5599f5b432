namespace Toolkit.Onnx.Operators;

/// <summary>y = x / (1 + e^(-α · x)). https://onnx.ai/onnx/operators/onnx__Swish.html</summary>
/// <param name="Alpha">α.</param>
public sealed record Swish(float Alpha = 1f) : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Swish(reader.Float("alpha", 1f));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Float("alpha", Alpha);
}
