namespace Toolkit.Onnx.Operators;

/// <summary>y = x · max(0, min(1, x / 6 + 0.5)). https://onnx.ai/onnx/operators/onnx__HardSwish.html</summary>
public sealed record HardSwish : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new HardSwish();
}
