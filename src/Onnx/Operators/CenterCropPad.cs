namespace Toolkit.Onnx.Operators;

/// <summary>
/// x cut to sizes, or with zeros around it, about its centre. Inputs: x, shape (integers: the size of each of the axes).
/// https://onnx.ai/onnx/operators/onnx__CenterCropPad.html
/// </summary>
/// <param name="Axes">The axes; null is all of them.</param>
public sealed record CenterCropPad(IntList? Axes = null) : Operator
{
    internal static Operator Read(AttributeReader reader) => new CenterCropPad(reader.Ints("axes"));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (Axes is { } axes)
        {
            writer.Ints("axes", axes.Values);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(1, ElementTypeSet.Signed);
        context.RequireRank(1, 1);
        if (context.Shape(0) is not { } x)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        Dimension[] result = x.Dimensions.ToArray();
        int count = Axes?.Count ?? x.Rank;
        if (context.Shape(1) is { } list)
        {
            context.RequireEqual(list[0], count, "the axes and their sizes");
        }

        var seen = new bool[x.Rank];
        IReadOnlyList<SymbolicInteger>? sizes = context.Elements(1);
        for (int i = 0; i < count; i++)
        {
            int axis = context.RequireAxis(Axes?[i] ?? i, x.Rank);
            if (seen[axis])
            {
                throw context.Error($"expected axes that differ, got {Axes}.");
            }

            seen[axis] = true;
            if (sizes?[i].Value < 0)
            {
                throw context.Error($"expected sizes of 0 or more, got [{string.Join(',', sizes)}].");
            }

            result[axis] = sizes?[i].ToDimension() ?? Dimension.Unknown;
        }

        context.SetOutput(0, context.Type(0), new SymbolicShape(result));
    }
}
