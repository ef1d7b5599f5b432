namespace Toolkit.Onnx.Operators;

/// <summary>
/// A normalisation along one axis. Before opset 13 the input was taken as a matrix of the axes before and from
/// <c>axis</c>: where that is the same it is read as the newest form, else as Flatten, the newest form, and Reshape.
/// </summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
public abstract record SoftmaxOperator(int Axis) : Operator
{
    private const int AxisOnlySince = 13;

    /// <summary>Reads the form of any opset.</summary>
    private protected static Operator Read(AttributeReader reader, Func<int, SoftmaxOperator> create)
    {
        if (reader.Opset >= AxisOnlySince)
        {
            return create(reader.Axis("axis", -1));
        }

        int axis = reader.Axis("axis", 1);
        if (IsOneAxis(reader.InputShape(0), axis))
        {
            return create(axis);
        }

        string matrix = reader.AddNode(new Flatten(axis), reader.Input(0));
        string shape = reader.AddNode(new Shape(), reader.Input(0));
        reader.SetInput(0, reader.AddNode(create(-1), matrix));
        reader.SetInput(1, shape);
        return new Reshape();
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset < AxisOnlySince)
        {
            throw writer.Error($"normalising one axis needs opset {AxisOnlySince}, got {writer.Opset}; write a newer opset.");
        }

        writer.Int("axis", Axis);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Floating);
        if (context.Shape(0) is { } shape)
        {
            context.RequireAxis(Axis, shape.Rank);
        }

        context.SetOutput(0, context.Type(0), context.Shape(0));
    }

    /// <summary>Whether the axes from <paramref name="axis"/> on are one axis: all after it have size 1.</summary>
    private static bool IsOneAxis(SymbolicShape? shape, int axis)
    {
        if (shape is null || axis >= shape.Rank || axis < -shape.Rank)
        {
            return false;
        }

        foreach (Dimension dimension in shape.Dimensions[((axis < 0 ? axis + shape.Rank : axis) + 1)..])
        {
            if (dimension.Size != 1)
            {
                return false;
            }
        }

        return true;
    }
}
