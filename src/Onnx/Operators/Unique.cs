using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The distinct elements of x, or its distinct slices along an axis. Outputs: y; indices (of the first of each, in x), inverse indices (of
/// each of x, in y), counts, all int64 and optional. https://onnx.ai/onnx/operators/onnx__Unique.html
/// </summary>
/// <param name="Axis">The axis; negative counts from the end. Null: x is taken as one axis of single elements.</param>
/// <param name="Sorted">Whether they are in ascending order; else in that of their first occurrence.</param>
public sealed record Unique(int? Axis = null, bool Sorted = true) : Operator
{
    internal static Operator Read(AttributeReader reader) => new Unique(reader.Has("axis") ? reader.Axis("axis", 0) : null, reader.Flag("sorted", true));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (Axis is { } axis)
        {
            writer.Int("axis", axis);
        }

        writer.Flag("sorted", Sorted);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        SymbolicShape? shape = context.Shape(0);
        Dimension size = Dimension.Unknown;
        if (Axis is not { } axis)
        {
            context.SetOutput(0, context.Type(0), new SymbolicShape(Dimension.Unknown));
            size = shape?.ElementCount is { } count ? count : Dimension.Unknown;
        }
        else if (shape is null)
        {
            context.SetOutput(0, context.Type(0), null);
        }
        else
        {
            int normal = context.RequireAxis(axis, shape.Rank);
            size = shape[normal];
            context.SetOutput(0, context.Type(0), new SymbolicShape([.. shape.Dimensions[..normal], Dimension.Unknown, .. shape.Dimensions[(normal + 1)..]]));
        }

        context.SetOutput(1, ElementType.Int64, new SymbolicShape(Dimension.Unknown));
        context.SetOutput(2, ElementType.Int64, new SymbolicShape(size));
        context.SetOutput(3, ElementType.Int64, new SymbolicShape(Dimension.Unknown));
    }
}
