namespace Toolkit.Onnx.Operators;

/// <summary>
/// X [N, C, D1, …] read at the coordinates of a grid [N, E1, …, k] (Jaderberg et al., 2015): Y [N, C, E1, …]. Coordinates run from -1 to 1, the last spatial axis
/// first. https://onnx.ai/onnx/operators/onnx__GridSample.html
/// </summary>
/// <param name="Mode">How elements between those of X are computed.</param>
/// <param name="Padding">What elements outside of X are.</param>
/// <param name="AlignCorners">Whether -1 and 1 are the centres of the outermost elements rather than their edges.</param>
public sealed record GridSample(SamplingMode Mode = SamplingMode.Linear, SamplingPadding Padding = SamplingPadding.Zeros, bool AlignCorners = false) : Operator
{
    private const int ShortNamesSince = 20;

    private static readonly string[] Modes = ["linear", "nearest", "cubic"];
    private static readonly string[] OldModes = ["bilinear", "nearest", "bicubic"];
    private static readonly string[] Paddings = ["zeros", "border", "reflection"];

    internal static Operator Read(AttributeReader reader) => new GridSample(
        (SamplingMode)TextChoice.Read(reader, "mode", 0, reader.Opset < ShortNamesSince ? OldModes : Modes),
        (SamplingPadding)TextChoice.Read(reader, "padding_mode", 0, Paddings),
        reader.Flag("align_corners", false));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Flag("align_corners", AlignCorners);
        writer.String("mode", (writer.Opset < ShortNamesSince ? OldModes : Modes)[(int)Mode]);
        writer.String("padding_mode", Paddings[(int)Padding]);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(0, ElementTypeSet.Any);
        context.RequireType(1, ElementTypeSet.Floating);
        int rank = context.Shape(0)?.Rank ?? context.Shape(1)?.Rank ?? -1;
        if (rank < 0)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        if (rank < 3)
        {
            throw context.Error($"expected X of rank 3 or more ([N, C, D1, …]), got rank {rank}.");
        }

        context.RequireRank(0, rank);
        context.RequireRank(1, rank);
        var result = new Dimension[rank];
        if (context.Shape(0) is { } x)
        {
            (result[0], result[1]) = (x[0], x[1]);
        }

        if (context.Shape(1) is { } grid)
        {
            context.RequireEqual(grid[rank - 1], rank - 2, "the grid's last axis and the spatial axes of X");
            result[0] = context.Unify(result[0], grid[0], "the batch of X and the grid");
            for (int axis = 2; axis < rank; axis++)
            {
                result[axis] = grid[axis - 1];
            }
        }

        context.SetOutput(0, context.Type(0), new SymbolicShape(result));
    }
}
