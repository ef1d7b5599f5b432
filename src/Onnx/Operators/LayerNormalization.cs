using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// y = scale · (x - mean) / √(variance + ε) + bias with mean and variance over the axes from <c>axis</c> on. Inputs: X, scale,
/// bias (optional); the last two broadcast to X. Outputs: Y, Mean (optional), InvStdDev (optional), both with size 1 on the
/// axes that are normalised. https://onnx.ai/onnx/operators/onnx__LayerNormalization.html
/// </summary>
/// <param name="Axis">The first axis that is normalised; negative counts from the end.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="StashType">The element type of the statistics.</param>
public sealed record LayerNormalization(int Axis = -1, float Epsilon = 1e-5f, ElementType StashType = ElementType.Float32) : Operator
{
    internal static Operator Read(AttributeReader reader) =>
        new LayerNormalization(reader.Axis("axis", -1), reader.Float("epsilon", 1e-5f), reader.ElementType("stash_type", ElementType.Float32));

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
        context.RequireInputs(2, 3);
        context.RequireType(0, ElementTypeSet.Floating);
        ElementType type = context.RequireSameType(0, 1, 2);
        if (context.Shape(0) is not { } x)
        {
            context.SetOutput(0, type, null);
            context.SetOutput(1, StashType, null);
            context.SetOutput(2, StashType, null);
            return;
        }

        int axis = context.RequireAxis(Axis, x.Rank);
        for (int input = 1; input < 3; input++)
        {
            if (context.Shape(input) is { } parameter)
            {
                context.RequireBroadcast(parameter, x, input == 1 ? "scale" : "bias");
            }
        }

        context.SetOutput(0, type, x);
        var statistics = new SymbolicShape([.. x.Dimensions[..axis], .. Enumerable.Repeat(new Dimension(1), x.Rank - axis)]);
        context.SetOutput(1, StashType, statistics);
        context.SetOutput(2, StashType, statistics);
    }
}
