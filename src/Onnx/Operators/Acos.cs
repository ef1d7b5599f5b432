namespace Toolkit.Onnx.Operators;

/// <summary>y = arccos x. https://onnx.ai/onnx/operators/onnx__Acos.html</summary>
public sealed record Acos : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Acos();
}
