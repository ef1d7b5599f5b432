using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using static Toolkit.Onnx.Tests.Operators.OperatorCases;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>Element-wise functions, logic and bits.</summary>
internal static class MathCases
{
    private static readonly ValueInfo X = Models.Float("x", "N", 3, 4);

    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        Unary(new Acos()), Unary(new Acosh()), Unary(new Asin()), Unary(new Asinh()), Unary(new Atan()), Unary(new Atanh()), Unary(new Cos()), Unary(new Cosh()),
        Unary(new Mish()), Unary(new Round()), Unary(new Shrink(0.25f, 1.5f)), Unary(new Sin()), Unary(new Sinh()), Unary(new Softsign()), Unary(new Swish(1.5f)),
        Unary(new Tan()), Unary(new ThresholdedRelu(0.5f)),
        Case(new Det(), ElementType.Float32, ["N", 3], Models.Float("x", "N", 3, 4, 4)),
        Case(new IsInf(false), ElementType.Bool, ["N", 3, 4], X),
        Case(new IsNaN(), ElementType.Bool, ["N", 3, 4], X),
        Binary(new And(), ElementType.Bool), Binary(new Or(), ElementType.Bool), Binary(new Xor(), ElementType.Bool),
        Binary(new BitShift(true), ElementType.UInt8), Binary(new BitShift(false), ElementType.UInt64),
        Binary(new BitwiseAnd(), ElementType.Int16), Binary(new BitwiseOr(), ElementType.Int32), Binary(new BitwiseXor(), ElementType.UInt32),
        Case(new BitwiseNot(), ElementType.Int8, ["N", 3], Of("x", ElementType.Int8, "N", 3)),
        Binary(new Mod(), ElementType.Int64), Binary(new Mod(true), ElementType.Float32),
    ];

    public static ValueInfo Of(string name, ElementType type, params ReadOnlySpan<Dimension> shape) => new(name, type, new SymbolicShape(shape));

    private static OperatorCase Unary(Operator @operator) => Case(@operator, ElementType.Float32, ["N", 3, 4], X);

    private static OperatorCase Binary(Operator @operator, ElementType type) => Case(@operator, type, ["N", 3, 4], Of("x", type, "N", 3, 4), Of("z", type, 3, 1));
}
