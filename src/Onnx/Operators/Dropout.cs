using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// In inference y = x; in training y = x / (1 - ratio) where the mask is true, else 0. Inputs: data, ratio (optional, a float scalar; an attribute
/// before opset 12), training_mode (optional, a bool scalar; before opset 7 the attribute <c>is_test</c>, between both always false). Outputs: y, mask
/// (optional). https://onnx.ai/onnx/operators/onnx__Dropout.html
/// </summary>
/// <param name="Seed">The seed of the random mask, or null for one that the runtime picks.</param>
/// <param name="HasNumericMask">Whether the mask is 1 and 0 of the data's type, as before opset 10, instead of bool.</param>
public sealed record Dropout(long? Seed = null, bool HasNumericMask = false) : Operator
{
    private const int RatioInputSince = 12;
    private const int BoolMaskSince = 10;
    private const int AlwaysInferenceSince = 7;

    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Opset >= RatioInputSince)
        {
            return new Dropout(reader.Has("seed") ? reader.Int("seed", 0) : null);
        }

        reader.FloatToInput("ratio", 1);
        if (reader.Opset < AlwaysInferenceSince && !reader.Flag("is_test", false))
        {
            reader.SetInput(2, "training_mode", Tensor.Scalar(true));
        }

        return new Dropout(null, reader.Opset < BoolMaskSince && reader.OutputCount > 1);
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (HasNumericMask && writer.Opset >= BoolMaskSince)
        {
            throw writer.Error($"a mask of numbers needs an opset before {BoolMaskSince}, got {writer.Opset}; write an older opset.");
        }

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
        context.SetOutput(1, HasNumericMask ? context.Type(0) : ElementType.Bool, context.Shape(0));
    }
}
