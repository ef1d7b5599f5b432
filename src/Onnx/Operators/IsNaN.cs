namespace Toolkit.Onnx.Operators;

/// <summary>y = whether x is not a number. https://onnx.ai/onnx/operators/onnx__IsNaN.html</summary>
public sealed record IsNaN : PredicateOperator
{
    internal static Operator Read(AttributeReader reader) => new IsNaN();
}
