using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The slices of x along an axis where condition holds. Inputs: x, condition (bool [k]; what it says nothing of is left out). The size is
/// known once condition is. https://onnx.ai/onnx/operators/onnx__Compress.html
/// </summary>
/// <param name="Axis">The axis; negative counts from the end. Null: x is taken as one axis.</param>
public sealed record Compress(int? Axis = null) : Operator
{
    internal static Operator Read(AttributeReader reader) => new Compress(reader.Has("axis") ? reader.Axis("axis", 0) : null);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (Axis is { } axis)
        {
            writer.Int("axis", axis);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(1, ElementTypeSet.Bool);
        context.RequireRank(1, 1);
        Dimension count = context.Constant(1) is Tensor<bool> condition ? condition.ToArray().Count(holds => holds) : Dimension.Unknown;
        if (Axis is not { } axis)
        {
            context.SetOutput(0, context.Type(0), new SymbolicShape(count));
        }
        else if (context.Shape(0) is not { } shape)
        {
            context.SetOutput(0, context.Type(0), null);
        }
        else
        {
            int normal = context.RequireAxis(axis, shape.Rank);
            context.SetOutput(0, context.Type(0), new SymbolicShape([.. shape.Dimensions[..normal], count, .. shape.Dimensions[(normal + 1)..]]));
        }
    }
}
