namespace Toolkit.Onnx.Operators;

/// <summary>c = saturate(round((a - za) · (b - zb) · sa · sb / sc) + zc), of the domain com.microsoft.</summary>
public sealed record QLinearMul : QLinearBinaryOperator
{
    internal static Operator Read(AttributeReader reader) => new QLinearMul();
}
