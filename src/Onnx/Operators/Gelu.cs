namespace Toolkit.Onnx.Operators;

/// <summary>
/// y = x / 2 · (1 + erf(x / √2)), or with the approximation x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 · x³))). An operator
/// since opset 20: a model of an older opset is written with the operators of the formula instead.
/// https://onnx.ai/onnx/operators/onnx__Gelu.html
/// </summary>
/// <param name="TanhApproximation">Whether the form with tanh is meant (<c>approximate</c>).</param>
public sealed record Gelu(bool TanhApproximation = false) : UnaryOperator
{
    private static readonly string[] Approximations = ["none", "tanh"];

    internal static Operator Read(AttributeReader reader) => new Gelu(TextChoice.Read(reader, "approximate", 0, Approximations) == 1);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.String("approximate", Approximations[TanhApproximation ? 1 : 0]);
}
