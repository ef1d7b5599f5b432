using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// y = x for x ≥ 0, else slope · x. Inputs: x, slope (broadcast to x, one way). https://onnx.ai/onnx/operators/onnx__PRelu.html
/// </summary>
public sealed record PRelu : Operator
{
    internal static Operator Read(AttributeReader reader) => new PRelu();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(0, ElementTypeSet.Numeric);
        ElementType type = context.RequireSameType(0, 1);
        if (context.Shape(0) is { } x && context.Shape(1) is { } slope)
        {
            context.RequireBroadcast(slope, x, "slope");
        }

        context.SetOutput(0, type, context.Shape(0));
    }
}
