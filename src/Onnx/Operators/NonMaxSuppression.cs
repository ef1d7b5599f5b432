using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Of boxes that overlap, the one with the best score; for each sample and class, best first. Inputs: boxes [N, B, 4], scores [N, C, B], max_output_boxes_per_class (optional,
/// int64; 0, the default, selects none), iou_threshold (optional, float32; a box goes whose intersection over union with a better one is above it), score_threshold (optional, float32; a box goes whose score is
/// not above it). Output: [S, 3] (int64: sample, class, box). https://onnx.ai/onnx/operators/onnx__NonMaxSuppression.html
/// </summary>
/// <param name="CenterPointBox">Whether a box is (x, y, width, height) rather than two opposite corners (y1, x1, y2, x2).</param>
public sealed record NonMaxSuppression(bool CenterPointBox = false) : Operator
{
    internal static Operator Read(AttributeReader reader) => new NonMaxSuppression(reader.Flag("center_point_box", false));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Flag("center_point_box", CenterPointBox);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 5);
        context.RequireRank(0, 3);
        context.RequireRank(1, 3);
        foreach (int input in new[] { 0, 1, 3, 4 })
        {
            if (context.Type(input) is not (ElementType.Undefined or ElementType.Float32))
            {
                throw context.Error($"expected float32 for input {input}, got {context.Type(input)}.");
            }
        }

        if (context.Type(2) is not (ElementType.Undefined or ElementType.Int64))
        {
            throw context.Error($"expected int64 for max_output_boxes_per_class (input 2), got {context.Type(2)}.");
        }

        for (int input = 2; input < 5; input++)
        {
            if (context.Shape(input)?.ElementCount is { } count && count != 1)
            {
                throw context.Error($"expected one number as input {input}, got {context.Shape(input)}.");
            }
        }

        if (context.Shape(0) is { } boxes)
        {
            context.RequireEqual(boxes[2], 4, "the numbers of a box");
            if (context.Shape(1) is { } scores)
            {
                context.RequireEqual(boxes[0], scores[0], "the batch of boxes and scores");
                context.RequireEqual(boxes[1], scores[2], "the boxes and their scores");
            }
        }

        context.SetOutput(0, ElementType.Int64, new SymbolicShape(Dimension.Unknown, 3));
    }
}
