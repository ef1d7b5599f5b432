using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// In inference y = x. Inputs: data, ratio (optional, a float scalar; an attribute before opset 12), training_mode
/// (optional, a bool scalar). Outputs: y, mask (optional, bool). https://onnx.ai/onnx/operators/onnx__Dropout.html
/// </summary>
/// <param name="Seed">The seed of the random mask, or null for one that the runtime picks.</param>
public sealed record Dropout(long? Seed = null) : Operator
{
    private const int RatioInputSince = 12;
    private const int BoolMaskSince = 10;

    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Opset >= RatioInputSince)
        {
            return new Dropout(reader.Has("seed") ? reader.Int("seed", 0) : null);
        }

        if (reader.Opset < BoolMaskSince && reader.OutputCount > 1)
        {
            throw reader.Unsupported($"a mask that is not bool is not supported; convert the model to opset {BoolMaskSince} or newer.");
        }

        reader.FloatToInput("ratio", 1);
        return new Dropout();
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset < RatioInputSince)
        {
            writer.FloatFromInput("ratio", 1);
            if (writer.TakeInput(2) is not null and not Tensor<bool> { Length: 1, Span: [false] })
            {
                throw writer.Error($"training_mode needs opset {RatioInputSince}, got {writer.Opset}; write a newer opset.");
            }
        }
        else if (Seed is { } seed)
        {
            writer.Int("seed", seed);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 3);
        context.RequireType(0, ElementTypeSet.Floating);
        context.RequireType(1, ElementTypeSet.Floating);
        context.RequireType(2, ElementTypeSet.Bool);
        context.SetOutput(0, context.Type(0), context.Shape(0));
        context.SetOutput(1, ElementType.Bool, context.Shape(0));
    }
}
