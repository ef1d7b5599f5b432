namespace Toolkit.Onnx.Operators;

/// <summary>C = A / B; integers are truncated towards zero. https://onnx.ai/onnx/operators/onnx__Div.html</summary>
public sealed record Div : BroadcastOperator
{
    internal static Operator Read(AttributeReader reader)
    {
        ReadLegacyBroadcast(reader);
        return new Div();
    }

    /// <inheritdoc/>
    protected override SymbolicInteger? Fold(SymbolicInteger a, SymbolicInteger b) => b.Value == 1 ? a : b.Value == 0 ? null : SymbolicInteger.Compute(a, b, (x, y) => x / y);
}
