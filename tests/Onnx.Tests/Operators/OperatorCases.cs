using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Onnx.Operators.Shape;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>For every operator: records with attributes other than the defaults, inputs that they take, and the shape that follows.</summary>
internal static class OperatorCases
{
    private static readonly ValueInfo X = Models.Float("x", "N", 3, 4);
    private static readonly ValueInfo Square = Models.Float("x", 2, 3);
    private static readonly ValueInfo Flags = new("c", ElementType.Bool, new SymbolicShape("N", 3, 4));

    /// <summary>Operator, inputs (a <see cref="ValueInfo"/> is fed, a tensor is a constant), expected type and shape.</summary>
    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        Unary(new Abs()), Unary(new Ceil()), Unary(new Elu(0.5f)), Unary(new Erf()), Unary(new Exp()), Unary(new Floor()),
        Unary(new Identity()), Unary(new LeakyRelu(0.2f)), Unary(new Log()), Unary(new LogSoftmax(1)), Unary(new Neg()),
        Unary(new Reciprocal()), Unary(new Relu()), Unary(new Sigmoid()), Unary(new Sign()), Unary(new Softmax(-2)),
        Unary(new Softplus()), Unary(new Sqrt()), Unary(new Tanh()),
        Binary(new Add()), Binary(new Div()), Binary(new Mul()), Binary(new Pow()), Binary(new Sub()),
        Binary(new Max()), Binary(new Mean()), Binary(new Min()), Binary(new Sum()),
        Binary(new Equal(), ElementType.Bool), Binary(new Greater(), ElementType.Bool), Binary(new GreaterOrEqual(), ElementType.Bool),
        Binary(new Less(), ElementType.Bool), Binary(new LessOrEqual(), ElementType.Bool),
        Case(new Not(), ElementType.Bool, ["N", 3, 4], Flags),
        Case(new PRelu(), ElementType.Float32, ["N", 3, 4], X, Tensor.Vector(1f, 2f, 3f, 4f)),
        Case(new ArgMax(1, false, true), ElementType.Int64, ["N", 4], X),
        Case(new ArgMin(-1), ElementType.Int64, ["N", 3, 1], X),
        Case(new Cast(ElementType.Int32), ElementType.Int32, ["N", 3, 4], X),
        Case(new Clip(), ElementType.Float32, ["N", 3, 4], X, Tensor.Scalar(0f), Tensor.Scalar(6f)),
        Case(new Concat(1), ElementType.Float32, ["N", 5, 4], X, Models.Float("z", "N", 2, 4)),
        Case(new Constant(Tensor.Vector(1L, 2L)), ElementType.Int64, [2]),
        Case(new Dropout(7), ElementType.Float32, ["N", 3, 4], X, Tensor.Scalar(0.25f)),
        Case(new Expand(), ElementType.Float32, [5, 2, 3], Square, Tensor.Vector(5L, 1L, 1L)),
        Case(new Flatten(2), ElementType.Float32, [Dimension.Unknown, 4], X),
        Case(new Flatten(1), ElementType.Float32, ["N", 12], X),
        Case(new Flatten(0), ElementType.Float32, [1, 6], Square),
        Case(new Gather(2), ElementType.Float32, ["N", 3, 2], X, Tensor.Vector(0L, -1L)),
        Case(new Gemm(0.5f, 2f, true, true), ElementType.Float32, [3, 5], Square, Models.Float("b", 5, 2), Models.Float("c", 5)),
        Case(new MatMul(), ElementType.Float32, ["N", 3, 7], X, Models.Float("b", 4, 7)),
        Case(new MatMul(), ElementType.Float32, [], Models.Float("a", 4), Models.Float("b", 4)),
        Case(new MatMul(), ElementType.Float32, ["N", 7], Models.Float("a", 4), Models.Float("b", "N", 4, 7)),
        Case(new ReduceMax(false), ElementType.Float32, ["N"], X, Tensor.Vector(1L, -1L)),
        Case(new ReduceMean(), ElementType.Float32, [1, 1, 1], X),
        Case(new ReduceMin(), ElementType.Float32, ["N", 1, 4], X, Tensor.Vector(1L)),
        Case(new ReduceSum(false, true), ElementType.Float32, ["N", 3, 4], X),
        Case(new Reshape(), ElementType.Float32, ["N", 12], X, Tensor.Vector(-1L, 12L)),
        Case(new Shape(1, -1), ElementType.Int64, [1], X),
        Case(new Slice(), ElementType.Float32, ["N", 3, 2], X, Tensor.Vector(-1L), Tensor.Vector(-5L), Tensor.Vector(2L), Tensor.Vector(-2L)),
        Case(new Squeeze(), ElementType.Float32, ["N", 4], Models.Float("x", "N", 1, 4), Tensor.Vector(1L)),
        Case(new Transpose([2, 0, 1]), ElementType.Float32, [4, "N", 3], X),
        Case(new Transpose(), ElementType.Float32, [4, 3, "N"], X),
        Case(new Unsqueeze(), ElementType.Float32, ["N", 1, 3, 4, 1], X, Tensor.Vector(1L, -1L)),
        Case(new Where(), ElementType.Float32, ["N", 3, 4], Flags, X, Models.Float("z", 4)),
    ];

    public static OperatorCase Case(Operator @operator, ElementType type, Dimension[] shape, params object[] inputs) =>
        new(@operator, inputs, type, new SymbolicShape(shape));

    private static OperatorCase Unary(Operator @operator) => Case(@operator, ElementType.Float32, ["N", 3, 4], X);

    private static OperatorCase Binary(Operator @operator, ElementType type = ElementType.Float32) =>
        Case(@operator, type, ["N", 3, 4], X, Models.Float("z", 3, 1));
}
