namespace Toolkit.Onnx.Operators;

/// <summary>C = A + B. https://onnx.ai/onnx/operators/onnx__Add.html</summary>
public sealed record Add : BroadcastOperator
{
    internal static Operator Read(AttributeReader reader)
    {
        ReadLegacyBroadcast(reader);
        return new Add();
    }

    /// <inheritdoc/>
    protected override SymbolicInteger? Fold(SymbolicInteger a, SymbolicInteger b) => a.Value == 0 ? b : b.Value == 0 ? a : SymbolicInteger.Compute(a, b, (x, y) => checked(x + y));
}
