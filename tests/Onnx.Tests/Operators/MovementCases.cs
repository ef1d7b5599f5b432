using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using static Toolkit.Onnx.Tests.Operators.MathCases;
using static Toolkit.Onnx.Tests.Operators.OperatorCases;
using Range = Toolkit.Onnx.Operators.Range;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>Shapes, and elements that move by indices.</summary>
internal static class MovementCases
{
    private static readonly ValueInfo X = Models.Float("x", "N", 3, 4);
    private static readonly ValueInfo Fixed = Models.Float("x", 2, 3, 4);
    private static readonly ValueInfo Indices = Of("i", ElementType.Int64, "M", 2);

    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        Case(new BitCast(ElementType.Int32), ElementType.Int32, ["N", 3, 4], X),
        Case(new CastLike(), ElementType.Int64, ["N", 3, 4], X, Of("t", ElementType.Int64, 1)),
        Case(new CenterCropPad([-1, 1]), ElementType.Float32, ["N", 5, 2], X, Tensor.Vector(2L, 5L)),
        Case(new Compress(-1), ElementType.Float32, ["N", 3, Dimension.Unknown], X, Of("c", ElementType.Bool, 4)),
        Case(new Compress(1), ElementType.Float32, ["N", 2, 4], X, Tensor.Vector(true, false, true)),
        Case(new Compress(), ElementType.Float32, [Dimension.Unknown], X, Of("c", ElementType.Bool, "k")),
        Case(new Einsum("bij, bjk -> bik"), ElementType.Float32, ["N", 3, 5], X, Models.Float("z", "N", 4, 5)),
        Case(new Einsum("...i,i"), ElementType.Float32, ["N", 3], X, Models.Float("z", 4)),
        Case(new EyeLike(ElementType.Int32, -1), ElementType.Int32, ["N", 3], Models.Float("x", "N", 3)),
        Case(new GatherElements(1), ElementType.Float32, ["N", 2, 4], X, Of("i", ElementType.Int64, "N", 2, 4)),
        Case(new GatherND(), ElementType.Float32, ["M", 4], X, Indices),
        Case(new GatherND(1), ElementType.Float32, ["N", 4], X, Of("i", ElementType.Int64, "N", 1)),
        Case(new NonZero(), ElementType.Int64, [3, Dimension.Unknown], X),
        Case(new OneHot(0), ElementType.Float32, [7, "N"], Of("i", ElementType.Int64, "N"), Tensor.Scalar(7L), Tensor.Vector(0f, 1f)),
        Case(new OneHot(-1), ElementType.Float32, ["N", 7], Of("i", ElementType.Int64, "N"), Tensor.Scalar(7f), Tensor.Vector(0f, 1f)),
        Case(new Range(), ElementType.Int64, [4], Tensor.Scalar(10L), Tensor.Scalar(3L), Tensor.Scalar(-2L)),
        Case(new Range(), ElementType.Float32, [5], Tensor.Scalar(0f), Tensor.Scalar(1f), Tensor.Scalar(0.2f)),
        Case(new Range(), ElementType.Int32, [0], Tensor.Scalar(3), Tensor.Scalar(1), Tensor.Scalar(1)),
        Case(new ReverseSequence(0, 1), ElementType.Float32, ["N", 3, 4], X, Of("l", ElementType.Int64, "N")),
        Case(new ScatterElements(-1), ElementType.Float32, ["N", 3, 4], X, Of("i", ElementType.Int64, "N", 3, 2), Models.Float("u", "N", 3, 2)),
        Case(new ScatterND(), ElementType.Float32, ["N", 3, 4], X, Indices, Models.Float("u", "M", 4)),
        Case(new Size(), ElementType.Int64, [], X),
        Case(new TensorScatter(-2, true), ElementType.Float32, ["N", 8, 4], Models.Float("x", "N", 8, 4), Models.Float("u", "N", 3, 4), Of("i", ElementType.Int64, "N")),
        Case(new Tile(), ElementType.Float32, [4, 3, 12], Fixed, Tensor.Vector(2L, 1L, 3L)),
        Case(new Tile(), ElementType.Float32, [Dimension.Unknown, 3, 8], X, Tensor.Vector(2L, 1L, 2L)),
        Case(new TopK(1), ElementType.Float32, ["N", 2, 4], X, Tensor.Vector(2L)),
        Case(new TopK(-1, false, false), ElementType.Float32, ["N", 3, Dimension.Unknown], X, Of("k", ElementType.Int64, 1)),
        Case(new Trilu(false), ElementType.Float32, ["N", 3, 4], X, Tensor.Scalar(-1L)),
        Case(new Unique(1, false), ElementType.Float32, ["N", Dimension.Unknown, 4], X),
        Case(new Unique(), ElementType.Float32, [Dimension.Unknown], X),
    ];
}
