namespace Toolkit.Onnx.Operators;

/// <summary>
/// Slices of data along an axis, picked by indices: y[…, i…, …] = data[…, indices[i…], …]. Indices are int32 or int64;
/// negative ones count from the end. https://onnx.ai/onnx/operators/onnx__Gather.html
/// </summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
public sealed record Gather(int Axis = 0) : Operator
{
    internal static Operator Read(AttributeReader reader) => new Gather(reader.Axis("axis", 0));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Int("axis", Axis);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(1, ElementTypeSet.Signed);
        if (context.Shape(0) is not { } data)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        int axis = context.RequireAxis(Axis, data.Rank);
        IntList? picked = context.Shape(1)?.Rank <= 1 ? context.ConstantInts(1) : null;
        foreach (long index in picked ?? [])
        {
            if (data[axis].Size is { } size && (index < -size || index >= size))
            {
                throw context.Error($"expected indices from -{size} to {size - 1} for axis {axis} of data {data}, got {index}.");
            }
        }

        Dimension[] before = data.Dimensions[..axis].ToArray();
        Dimension[] after = data.Dimensions[(axis + 1)..].ToArray();
        context.SetOutput(0, context.Type(0), context.Shape(1) is { } indices ? new SymbolicShape([.. before, .. indices.Dimensions, .. after]) : null);
        if (data.Rank == 1 && picked is not null && context.Elements(0) is { } elements)
        {
            context.SetElements(0, [.. picked.Select(index => elements[(int)(index < 0 ? index + elements.Count : index)])]);
        }
    }
}
