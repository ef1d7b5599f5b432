using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>y = x as another element type. https://onnx.ai/onnx/operators/onnx__Cast.html</summary>
/// <param name="To">The element type of y.</param>
/// <param name="Saturate">Whether values outside the range of an 8-bit floating type become its greatest; no other type is affected.</param>
/// <param name="RoundMode">How float8e8m0 rounds; no other type is affected.</param>
public sealed record Cast(ElementType To, bool Saturate = true, ScaleRounding RoundMode = ScaleRounding.Up) : Operator
{
    // Before this opset, the type is named.
    private const int TypeNumberSince = 6;

    // By their numbers in ONNX.
    private static readonly string[] TypeNames =
        ["UNDEFINED", "FLOAT", "UINT8", "INT8", "UINT16", "INT16", "INT32", "INT64", "STRING", "BOOL", "FLOAT16", "DOUBLE", "UINT32", "UINT64", "COMPLEX64", "COMPLEX128"];

    internal static Operator Read(AttributeReader reader)
    {
        if (!reader.Has("to"))
        {
            throw reader.Error("expected attribute 'to', which is not optional.");
        }

        if (reader.Opset < TypeNumberSince)
        {
            string name = reader.String("to", "");
            return new Cast(Array.IndexOf(TypeNames, name) is > 0 and var number ? (ElementType)number : throw reader.Error($"expected the name of an element type for 'to', got '{name}'."));
        }

        return new Cast(reader.ElementType("to", ElementType.Undefined), CastAttributes.ReadSaturate(reader), CastAttributes.ReadRoundMode(reader));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        CastAttributes.Write(writer, Saturate, RoundMode);
        writer.Int("to", (long)To);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.SetOutput(0, To, context.Shape(0));
        CastAttributes.SetElements(context, To);
    }
}
