namespace Toolkit.Onnx.Operators;

/// <summary>C = A - B. https://onnx.ai/onnx/operators/onnx__Sub.html</summary>
public sealed record Sub : BroadcastOperator
{
    internal static Operator Read(AttributeReader reader)
    {
        ReadLegacyBroadcast(reader);
        return new Sub();
    }

    /// <inheritdoc/>
    protected override SymbolicInteger? Fold(SymbolicInteger a, SymbolicInteger b) => b.Value == 0 ? a : SymbolicInteger.Compute(a, b, (x, y) => checked(x - y));
}
