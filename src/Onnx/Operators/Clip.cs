using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// y = min(max(x, low), high). Inputs: x, low (optional scalar), high (optional scalar); the last two were attributes before
/// opset 11 and are constant inputs here. https://onnx.ai/onnx/operators/onnx__Clip.html
/// </summary>
public sealed record Clip : Operator
{
    private const int BoundsInputSince = 11;

    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Opset < BoundsInputSince)
        {
            reader.FloatToInput("min", 1);
            reader.FloatToInput("max", 2);
        }

        return new Clip();
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset < BoundsInputSince)
        {
            writer.FloatFromInput("max", 2);
            writer.FloatFromInput("min", 1);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 3);
        context.RequireType(0, ElementTypeSet.Numeric);
        ElementType type = context.RequireSameType(0, 1, 2);
        for (int bound = 1; bound <= 2; bound++)
        {
            // Some exporters write a bound as a vector of one element.
            if (context.Shape(bound) is { } shape && shape.Rank > 0 && shape.ElementCount is not (null or 1))
            {
                throw context.Error($"expected a scalar as input {bound}, got {shape}.");
            }
        }

        context.SetOutput(0, type, context.Shape(0));
    }
}
