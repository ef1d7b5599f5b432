namespace Toolkit.Onnx.Operators;

/// <summary>C = A · B. https://onnx.ai/onnx/operators/onnx__Mul.html</summary>
public sealed record Mul : BroadcastOperator
{
    internal static Operator Read(AttributeReader reader)
    {
        ReadLegacyBroadcast(reader);
        return new Mul();
    }

    /// <inheritdoc/>
    protected override SymbolicInteger? Fold(SymbolicInteger a, SymbolicInteger b) => a.Value == 1 ? b : b.Value == 1 ? a : SymbolicInteger.Compute(a, b, (x, y) => checked(x * y));
}
