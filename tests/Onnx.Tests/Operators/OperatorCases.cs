using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Onnx.Operators.Shape;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>For every operator: records with attributes other than the defaults, inputs that they take, and the shape that follows.</summary>
internal static class OperatorCases
{
    private static readonly ValueInfo X = Models.Float("x", "N", 3, 4);
    private static readonly ValueInfo Square = Models.Float("x", 2, 3);
    private static readonly ValueInfo Image = Models.Float("x", "N", 4, 7, 9);
    private static readonly ValueInfo Flags = new("c", ElementType.Bool, new SymbolicShape("N", 3, 4));

    /// <summary>Operator, inputs (a <see cref="ValueInfo"/> is fed, a tensor is a constant), expected type and shape.</summary>
    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        Unary(new Abs()), Unary(new Ceil()), Unary(new Elu(0.5f)), Unary(new Erf()), Unary(new Exp()), Unary(new Floor()),
        Unary(new Identity()), Unary(new LeakyRelu(0.2f)), Unary(new Log()), Unary(new LogSoftmax(1)), Unary(new Neg()),
        Unary(new Reciprocal()), Unary(new Relu()), Unary(new Sigmoid()), Unary(new Sign()), Unary(new Softmax(-2)),
        Unary(new Softplus()), Unary(new Sqrt()), Unary(new Tanh()),
        Unary(new Celu(0.7f)), Unary(new HardSigmoid(1f / 6, 0.4f)), Unary(new HardSwish()), Unary(new Selu(1.5f, 1.25f)),
        Binary(new Add()), Binary(new Div()), Binary(new Mul()), Binary(new Pow()), Binary(new Sub()),
        Binary(new Max()), Binary(new Mean()), Binary(new Min()), Binary(new Sum()),
        Binary(new Equal(), ElementType.Bool), Binary(new Greater(), ElementType.Bool), Binary(new GreaterOrEqual(), ElementType.Bool),
        Binary(new Less(), ElementType.Bool), Binary(new LessOrEqual(), ElementType.Bool),
        Unary(new Gelu(TanhApproximation: true)),
        Case(new AveragePool([3, 2], [2, 2], [1, 0, 1, 1], null, true, true), ElementType.Float32, ["N", 4, 4, 5], Image),
        Case(new BatchNormalization(1e-3f, 0.99f), ElementType.Float32, ["N", 4, 7, 9], Image, Vector(4), Vector(4), Vector(4), Vector(4)),
        Case(new ConstantOfShape(Tensor.Vector(5L)), ElementType.Int64, [2, 3], Tensor.Vector(2L, 3L)),
        Case(new Conv([3, 3], [2, 1], [1, 1, 1, 1], [1, 1], 2), ElementType.Float32, ["N", 6, 4, 9], Image, new Tensor<float>([6, 2, 3, 3]), Vector(6)),
        Case(new Conv([5]), ElementType.Float32, ["N", 6, Dimension.Unknown], Models.Float("x", "N", 4, "T"), new Tensor<float>([6, 4, 5])),
        Case(new Conv([5], Pads: [4, 0]), ElementType.Float32, ["N", 6, "T"], Models.Float("x", "N", 4, "T"), new Tensor<float>([6, 4, 5])),
        Case(new Conv([2, 2, 2]), ElementType.Float32, ["N", 6, 4, 4, 4], Models.Float("x", "N", 4, 5, 5, 5), new Tensor<float>([6, 4, 2, 2, 2])),
        Case(new ConvTranspose([3, 3], [2, 2], [1, 0, 1, 0], [1, 1], 2, [1, 0]), ElementType.Float32, ["N", 6, 14, 19], Image, new Tensor<float>([4, 3, 3, 3]), Vector(6)),
        Case(new DepthToSpace(2, true), ElementType.Float32, ["N", 1, 14, 18], Image),
        Case(new GlobalAveragePool(), ElementType.Float32, ["N", 4, 1, 1], Image),
        Case(new GlobalMaxPool(), ElementType.Float32, ["N", 4, 1, 1], Image),
        Case(new InstanceNormalization(1e-3f), ElementType.Float32, ["N", 4, 7, 9], Image, Vector(4), Vector(4)),
        Case(new LayerNormalization(1, 1e-3f), ElementType.Float32, ["N", 3, 4], X, new Tensor<float>([3, 4]), new Tensor<float>([3, 4])),
        Case(new LRN(5, 2e-4f, 0.5f, 2f), ElementType.Float32, ["N", 4, 7, 9], Image),
        Case(new MaxPool([2, 2], [2, 2], [0, 0, 0, 1], [1, 2], true, true), ElementType.Float32, ["N", 4, 4, 5], Image),
        Case(new MaxPool([3, 3], Pads: [1, 1, 1, 1]), ElementType.Float32, ["N", 4, "H", 9], Models.Float("x", "N", 4, "H", 9)),
        Case(new Pad(PadMode.Reflect), ElementType.Float32, ["N", 5, 5], X, Tensor.Vector(0L, 1L, -1L, 0L, 1L, 2L)),
        Case(new Pad(PadMode.Edge), ElementType.Float32, ["N", 4, 3], X, Tensor.Vector(0L, 1L, -1L, 0L, 0L, 0L)),
        Case(new Resize(ResizeMode.Linear, CoordinateTransformation.AlignCorners, NearestMode.Floor, -0.5f, true, 1f), ElementType.Float32, ["N", 6, 2], X, "", Tensor.Vector(1f, 2f, 0.5f)),
        Case(new Resize(ResizeMode.Cubic, CoordinateTransformation.Asymmetric), ElementType.Float32, [2, 5, 7], X, "", "", Tensor.Vector(2L, 5L, 7L)),
        Case(new SpaceToDepth(3), ElementType.Float32, ["N", 36, 2, 3], Models.Float("x", "N", 4, 6, 9)),
        Case(new Split(1), ElementType.Float32, ["N", 3, 4], X, Tensor.Vector(3L)),
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
        .. ContribCases.All,
        .. MathCases.All,
        .. NetworkCases.All, .. ClassicCases.All,
        .. ReductionCases.All,
        .. MovementCases.All,
        .. SignalCases.All,
        .. TextCases.All,
    ];

    public static OperatorCase Case(Operator @operator, ElementType type, Dimension[] shape, params object[] inputs) =>
        new(@operator, inputs, type, new SymbolicShape(shape));

    private static Tensor<float> Vector(int length) => new([length]);

    private static OperatorCase Unary(Operator @operator) => Case(@operator, ElementType.Float32, ["N", 3, 4], X);

    private static OperatorCase Binary(Operator @operator, ElementType type = ElementType.Float32) =>
        Case(@operator, type, ["N", 3, 4], X, Models.Float("z", 3, 1));
}
