namespace Toolkit.Onnx.Operators;

/// <summary>C = (A &lt; B). https://onnx.ai/onnx/operators/onnx__Less.html</summary>
public sealed record Less : CompareOperator
{
    internal static Operator Read(AttributeReader reader)
    {
        ReadLegacyBroadcast(reader);
        return new Less();
    }
}
