namespace Toolkit.Onnx.Operators;

/// <summary>y = γ · x for x > 0, else γ · α · (eˣ - 1). https://onnx.ai/onnx/operators/onnx__Selu.html</summary>
/// <param name="Alpha">α.</param>
/// <param name="Gamma">γ.</param>
public sealed record Selu(float Alpha = Selu.DefaultAlpha, float Gamma = Selu.DefaultGamma) : UnaryOperator
{
    private const float DefaultAlpha = 1.67326319217681884765625f;
    private const float DefaultGamma = 1.05070102214813232421875f;

    private const int ExactDefaultsSince = 6;

    internal static Operator Read(AttributeReader reader) => reader.Opset < ExactDefaultsSince
        ? new Selu(reader.Float("alpha", 1.6732f), reader.Float("gamma", 1.0507f))
        : new Selu(reader.Float("alpha", DefaultAlpha), reader.Float("gamma", DefaultGamma));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Float("alpha", Alpha);
        writer.Float("gamma", Gamma);
    }
}
