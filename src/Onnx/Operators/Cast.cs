using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>y = x as another element type. https://onnx.ai/onnx/operators/onnx__Cast.html</summary>
/// <param name="To">The element type of y.</param>
/// <param name="Saturate">Whether values outside the range of an 8-bit floating type become its greatest; no other type is affected.</param>
public sealed record Cast(ElementType To, bool Saturate = true) : Operator
{
    /// <summary>The opset that brought <c>saturate</c>.</summary>
    private const int SaturateSince = 19;

    internal static Operator Read(AttributeReader reader)
    {
        if (!reader.Has("to"))
        {
            throw reader.Error("expected attribute 'to', which is not optional.");
        }

        // How to round to float8e8m0, a type that is not supported anyway.
        _ = reader.Opset >= 24 ? reader.String("round_mode", "up") : null;
        return new Cast(reader.ElementType("to", ElementType.Undefined), reader.Opset < SaturateSince || reader.Flag("saturate", true));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset >= SaturateSince)
        {
            writer.Flag("saturate", Saturate);
        }

        writer.Int("to", (long)To);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.SetOutput(0, To, context.Shape(0));
        if (context.Elements(0) is { } elements)
        {
            context.SetElements(0, elements);
        }
    }
}
