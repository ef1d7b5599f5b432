namespace Toolkit.Onnx.Operators;

/// <summary>y = ln x. https://onnx.ai/onnx/operators/onnx__Log.html</summary>
public sealed record Log : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Log();
}
