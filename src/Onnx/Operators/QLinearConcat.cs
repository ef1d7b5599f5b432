using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Quantized tensors, each brought to the scale of the result, one after the other along an axis, of the domain com.microsoft. Inputs: y_scale, y_zero_point, then x, x_scale and
/// x_zero_point of each part.
/// </summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
public sealed record QLinearConcat(int Axis) : ContribOperator
{
    private const int First = 2;
    private const int InputsPerPart = 3;

    internal static Operator Read(AttributeReader reader) =>
        reader.Has("axis") ? new QLinearConcat(reader.Axis("axis", 1)) : throw reader.Error("expected attribute 'axis', which is not optional.");

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Int("axis", Axis);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(First + InputsPerPart, int.MaxValue);
        if ((context.InputCount - First) % InputsPerPart != 0)
        {
            throw context.Error($"expected y_scale, y_zero_point and three inputs for each part, got {context.InputCount} inputs.");
        }

        RequireParameters(context, 0, "y");
        ElementType type = context.Type(1);
        int[] parts = new int[(context.InputCount - First) / InputsPerPart];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = First + (i * InputsPerPart);
            _ = RequireQuantized(context, parts[i], "x");
            type = context.RequireSameType(1, parts[i]);
        }

        context.SetOutput(0, type, Concat.InferShape(context, Axis, parts));
    }
}
