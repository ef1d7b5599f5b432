using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// y = scale · x / √(mean(x²) + ε) with the mean over the axes from <c>axis</c> on (Zhang and Sennrich, 2019). Inputs: X, scale, which broadcasts to X.
/// https://onnx.ai/onnx/operators/onnx__RMSNormalization.html
/// </summary>
/// <param name="Axis">The first axis that is normalised; negative counts from the end.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="StashType">The element type of the mean.</param>
public sealed record RMSNormalization(int Axis = -1, float Epsilon = 1e-5f, ElementType StashType = ElementType.Float32) : Operator
{
    internal static Operator Read(AttributeReader reader) =>
        new RMSNormalization(reader.Axis("axis", -1), reader.Float("epsilon", 1e-5f), reader.ElementType("stash_type", ElementType.Float32));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("axis", Axis);
        writer.Float("epsilon", Epsilon);
        writer.Int("stash_type", (long)StashType);
    }

    /// <inheritdoc/>
    public override Operator Widened(ElementType type) => this with { StashType = Wider(StashType, type) };

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(0, ElementTypeSet.Floating);
        context.RequireType(1, ElementTypeSet.Floating);
        if (context.Shape(0) is { } x)
        {
            _ = context.RequireAxis(Axis, x.Rank);
            if (context.Shape(1) is { } scale)
            {
                context.RequireBroadcast(scale, x, "scale");
            }
        }

        // The result has the type of scale; where both are known they mostly agree.
        context.SetOutput(0, context.Type(1) == ElementType.Undefined ? context.Type(0) : context.Type(1), context.Shape(0));
    }
}
