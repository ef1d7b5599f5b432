namespace Toolkit.Onnx.Operators;

/// <summary>y = erf x = 2/√π · ∫₀ˣ e^(-t²) dt. https://onnx.ai/onnx/operators/onnx__Erf.html</summary>
public sealed record Erf : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Erf();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Numeric;
}
