namespace Toolkit.Onnx.Operators;

/// <summary>y = ⌊x⌋. https://onnx.ai/onnx/operators/onnx__Floor.html</summary>
public sealed record Floor : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Floor();
}
