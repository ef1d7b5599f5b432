namespace Toolkit.Onnx.Operators;

/// <summary>
/// A new axis with one value at each index and another elsewhere. Inputs: indices (numbers; negative count from the end, and outside of
/// the axis there is none), depth (a number, the size of the new axis), values (off, on). https://onnx.ai/onnx/operators/onnx__OneHot.html
/// </summary>
/// <param name="Axis">Where the new axis goes; negative counts from the end of the result.</param>
public sealed record OneHot(int Axis = -1) : Operator
{
    internal static Operator Read(AttributeReader reader) => new OneHot(reader.Axis("axis", -1));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Int("axis", Axis);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 3);
        context.RequireType(0, ElementTypeSet.Numeric);
        context.RequireType(1, ElementTypeSet.Numeric);
        context.RequireRank(2, 1);
        if (context.Shape(1)?.ElementCount is { } count and not 1)
        {
            throw context.Error($"expected one depth, got {context.Shape(1)}.");
        }

        if (context.Shape(2) is { } values)
        {
            context.RequireEqual(values[0], 2, "values, off and on");
        }

        Dimension depth = context.Elements(1) is [var element] ? element.ToDimension() : Dimension.Unknown;
        if (ScalarConstant.Integer(context.Constant(1)) is { } known)
        {
            depth = known >= 0 ? known : throw context.Error($"expected a depth of 0 or more, got {known}.");
        }

        if (context.Shape(0) is not { } indices)
        {
            context.SetOutput(0, context.Type(2), null);
            return;
        }

        int axis = context.RequireAxis(Axis, indices.Rank + 1);
        context.SetOutput(0, context.Type(2), new SymbolicShape([.. indices.Dimensions[..axis], depth, .. indices.Dimensions[axis..]]));
    }
}
