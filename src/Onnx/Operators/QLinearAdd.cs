namespace Toolkit.Onnx.Operators;

/// <summary>c = saturate(round(((a - za) · sa + (b - zb) · sb) / sc) + zc), of the domain com.microsoft.</summary>
public sealed record QLinearAdd : QLinearBinaryOperator
{
    internal static Operator Read(AttributeReader reader) => new QLinearAdd();
}
