using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Regions of X [N, C, H, W] at one size, read between elements (He et al., 2017): Y [R, C, output_height, output_width]. Inputs: X, rois [R, 4] (x1, y1, x2, y2),
/// batch_indices [R] (int64: the sample of each region). https://onnx.ai/onnx/operators/onnx__RoiAlign.html
/// </summary>
/// <param name="OutputHeight">The rows of each result.</param>
/// <param name="OutputWidth">Its columns.</param>
/// <param name="SamplingRatio">Readings in each direction of a cell of the result; 0 takes as many as it spans elements.</param>
/// <param name="SpatialScale">From the regions' coordinates to X's.</param>
/// <param name="IsMaximum">Whether a cell is the greatest of its weighted readings rather than the average.</param>
/// <param name="HalfPixel">Whether coordinates count from an element's edge: they are shifted by 0.5.</param>
public sealed record RoiAlign(long OutputHeight = 1, long OutputWidth = 1, long SamplingRatio = 0, float SpatialScale = 1f, bool IsMaximum = false, bool HalfPixel = true) : Operator
{
    private const int HalfPixelSince = 16;
    private const int MaxSamplingRatio = 1024;

    private static readonly string[] Modes = ["avg", "max"];
    private static readonly string[] Transformations = ["output_half_pixel", "half_pixel"];

    internal static Operator Read(AttributeReader reader) => new RoiAlign(
        reader.Int("output_height", 1),
        reader.Int("output_width", 1),
        reader.Int("sampling_ratio", 0),
        reader.Float("spatial_scale", 1f),
        TextChoice.Read(reader, "mode", 0, Modes) == 1,
        reader.Opset >= HalfPixelSince && TextChoice.Read(reader, "coordinate_transformation_mode", 1, Transformations) == 1);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset >= HalfPixelSince)
        {
            writer.String("coordinate_transformation_mode", Transformations[HalfPixel ? 1 : 0]);
        }
        else if (HalfPixel)
        {
            throw writer.Error($"half_pixel needs opset {HalfPixelSince}, got {writer.Opset}; write a newer opset.");
        }

        writer.String("mode", Modes[IsMaximum ? 1 : 0]);
        writer.Int("output_height", OutputHeight);
        writer.Int("output_width", OutputWidth);
        writer.Int("sampling_ratio", SamplingRatio);
        writer.Float("spatial_scale", SpatialScale);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 3);
        context.RequireType(0, ElementTypeSet.Floating);
        ElementType type = context.RequireSameType(0, 1);
        context.RequireRank(0, 4);
        context.RequireRank(1, 2);
        context.RequireRank(2, 1);
        if (context.Type(2) is not (ElementType.Undefined or ElementType.Int64))
        {
            throw context.Error($"expected int64 for batch_indices (input 2), got {context.Type(2)}.");
        }

        if (OutputHeight is < 1 or > int.MaxValue || OutputWidth is < 1 or > int.MaxValue || SamplingRatio is < 0 or > MaxSamplingRatio)
        {
            throw context.Error($"expected output sizes of 1 or more and a 'sampling_ratio' from 0 to {MaxSamplingRatio}, got {OutputHeight}, {OutputWidth} and {SamplingRatio}.");
        }

        Dimension regions = Dimension.Unknown;
        if (context.Shape(1) is { } rois)
        {
            context.RequireEqual(rois[1], 4, "the numbers of a region");
            regions = rois[0];
        }

        if (context.Shape(2) is { } indices)
        {
            regions = context.Unify(regions, indices[0], "the regions and batch_indices");
        }

        context.SetOutput(0, type, new SymbolicShape(regions, context.Shape(0)?[1] ?? Dimension.Unknown, OutputHeight, OutputWidth));
    }
}
