namespace Toolkit.Onnx.Operators;

/// <summary>y = x in the element type of another tensor. Inputs: x, target. https://onnx.ai/onnx/operators/onnx__CastLike.html</summary>
/// <param name="Saturate">Whether values outside the range of an 8-bit floating type become its greatest; no other type is affected.</param>
public sealed record CastLike(bool Saturate = true) : Operator
{
    /// <summary>The opset that brought <c>saturate</c>.</summary>
    private const int SaturateSince = 19;

    internal static Operator Read(AttributeReader reader)
    {
        // How to round to float8e8m0, a type that is not supported anyway.
        _ = reader.Opset >= 24 ? reader.String("round_mode", "up") : null;
        return new CastLike(reader.Opset < SaturateSince || reader.Flag("saturate", true));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset >= SaturateSince)
        {
            writer.Flag("saturate", Saturate);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.SetOutput(0, context.Type(1), context.Shape(0));
        if (context.Elements(0) is { } elements)
        {
            context.SetElements(0, elements);
        }
    }
}
