namespace Toolkit.Onnx.Operators;

/// <summary>C = (A > B). https://onnx.ai/onnx/operators/onnx__Greater.html</summary>
public sealed record Greater : CompareOperator
{
    internal static Operator Read(AttributeReader reader)
    {
        ReadLegacyBroadcast(reader);
        return new Greater();
    }
}
