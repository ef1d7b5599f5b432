namespace Toolkit.Onnx.Operators;

/// <summary>
/// x [d₀, …, dₙ₋₁] as a matrix [d₀·…·d(axis-1), d(axis)·…·dₙ₋₁]. https://onnx.ai/onnx/operators/onnx__Flatten.html
/// </summary>
/// <param name="Axis">The first axis that goes into the columns; negative counts from the end.</param>
public sealed record Flatten(int Axis = 1) : Operator
{
    internal static Operator Read(AttributeReader reader) => new Flatten(reader.Axis("axis", 1));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Int("axis", Axis);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        if (context.Shape(0) is not { } shape)
        {
            context.SetOutput(0, context.Type(0), new SymbolicShape(Dimension.Unknown, Dimension.Unknown));
            return;
        }

        // axis may be the rank: then all axes go into the rows.
        int axis = Axis == shape.Rank ? Axis : context.RequireAxis(Axis, shape.Rank);
        context.SetOutput(0, context.Type(0), new SymbolicShape(Product(shape.Dimensions[..axis]), Product(shape.Dimensions[axis..])));
    }

    /// <summary>The product of dimensions: the symbol itself where all others are 1.</summary>
    private static Dimension Product(ReadOnlySpan<Dimension> dimensions)
    {
        Dimension symbol = 1;
        bool hasSymbol = false;
        var known = new List<Dimension>();
        foreach (Dimension dimension in dimensions)
        {
            if (dimension.IsKnown)
            {
                known.Add(dimension);
            }
            else
            {
                symbol = hasSymbol ? Dimension.Unknown : dimension;
                hasSymbol = true;
            }
        }

        return new SymbolicShape([.. known]).ElementCount switch
        {
            1 when hasSymbol => symbol,
            0 => 0,
            { } count when !hasSymbol => count,
            _ => Dimension.Unknown,
        };
    }
}
