using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The coordinates that affine maps give the places of an image, for GridSample: grid[n, p] = theta[n] · (x, y[, z], 1), the places spread over [-1, 1] along each axis, the last axis
/// first. Inputs: theta [N, 2, 3] or [N, 3, 4], size (int64: N, C, [D,] H, W). Output: [N, [D,] H, W, 2 or 3]. https://onnx.ai/onnx/operators/onnx__AffineGrid.html
/// </summary>
/// <param name="AlignCorners">Whether -1 and 1 are the centres of the outermost elements rather than their edges.</param>
public sealed record AffineGrid(bool AlignCorners = false) : Operator
{
    internal static Operator Read(AttributeReader reader) => new AffineGrid(reader.Flag("align_corners", false));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Flag("align_corners", AlignCorners);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(0, ElementTypeSet.Floating);
        context.RequireType(1, ElementTypeSet.Signed);
        context.RequireRank(0, 3);
        context.RequireRank(1, 1);
        SymbolicShape? theta = context.Shape(0);
        if (theta is not null)
        {
            bool fits = (theta[1].Size, theta[2].Size) is (null or 2, null or 3) or (null or 3, null or 4);
            if (!fits)
            {
                throw context.Error($"expected theta [N,2,3] or [N,3,4], got {theta}.");
            }
        }

        if (context.Elements(1) is not { } size)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        if (size.Count is not (4 or 5) || size.Any(part => part.Value < 0))
        {
            throw context.Error($"expected 4 or 5 sizes of 0 or more, got [{string.Join(',', size)}].");
        }

        int axes = size.Count - 2;
        if (theta is not null)
        {
            context.RequireEqual(theta[1], axes, "theta and the spatial axes of size");
            context.RequireEqual(theta[0], size[0].ToDimension(), "the batch of theta and size");
        }

        context.SetOutput(0, context.Type(0), new SymbolicShape([size[0].ToDimension(), .. size.Skip(2).Select(part => part.ToDimension()), axes]));
    }
}
