using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The maxima of the cells of regions of X [N, C, H, W] (Girshick, 2015): Y [R, C, pooled_shape…]. Inputs: X, rois [R, 5] (sample, x1, y1, x2, y2).
/// https://onnx.ai/onnx/operators/onnx__MaxRoiPool.html
/// </summary>
/// <param name="PooledShape">The rows and columns of each result.</param>
/// <param name="SpatialScale">From the regions' coordinates to X's.</param>
public sealed record MaxRoiPool(IntList PooledShape, float SpatialScale = 1f) : Operator
{
    internal static Operator Read(AttributeReader reader) => new MaxRoiPool(
        reader.Ints("pooled_shape") ?? throw reader.Error("expected attribute 'pooled_shape', which is not optional."), reader.Float("spatial_scale", 1f));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Ints("pooled_shape", PooledShape.Values);
        writer.Float("spatial_scale", SpatialScale);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(0, ElementTypeSet.Floating);
        ElementType type = context.RequireSameType(0, 1);
        context.RequireRank(0, 4);
        context.RequireRank(1, 2);
        if (PooledShape.Count != 2 || PooledShape.Any(size => size is < 1 or > int.MaxValue))
        {
            throw context.Error($"expected two sizes of 1 or more in 'pooled_shape', got {PooledShape}.");
        }

        if (context.Shape(1) is { } rois)
        {
            context.RequireEqual(rois[1], 5, "the numbers of a region");
        }

        context.SetOutput(0, type, new SymbolicShape(context.Shape(1)?[0] ?? Dimension.Unknown, context.Shape(0)?[1] ?? Dimension.Unknown, PooledShape[0], PooledShape[1]));
    }
}
