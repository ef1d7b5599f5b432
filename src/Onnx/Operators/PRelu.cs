using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// y = x for x ≥ 0, else slope · x. Inputs: x, slope (broadcast to x, one way; before opset 7 a vector was one slope a channel,
/// axis 1). https://onnx.ai/onnx/operators/onnx__PRelu.html
/// </summary>
public sealed record PRelu : Operator
{
    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Opset < 7 && reader.InputShape(1) is not { Rank: 0 } and not { Rank: 1, ElementCount: 1 })
        {
            if (reader.InputShape(1)?.Rank != 1 || reader.InputShape(0)?.Rank is not { } rank)
            {
                throw reader.Unsupported("a slope that is not one scalar or one vector is not supported; convert the model to opset 7 or newer.");
            }

            if (rank > 2)
            {
                string axes = reader.AddConstant("axes", Tensor.Vector<long>([.. Enumerable.Range(1, rank - 2).Select(i => (long)i)]));
                reader.SetInput(1, reader.AddNode(new Unsqueeze(), reader.Input(1), axes));
            }
        }

        return new PRelu();
    }

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
