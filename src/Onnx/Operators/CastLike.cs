using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>y = x in the element type of another tensor. Inputs: x, target. https://onnx.ai/onnx/operators/onnx__CastLike.html</summary>
/// <param name="Saturate">Whether values outside the range of an 8-bit floating type become its greatest; no other type is affected.</param>
/// <param name="RoundMode">How float8e8m0 rounds; no other type is affected.</param>
public sealed record CastLike(bool Saturate = true, ScaleRounding RoundMode = ScaleRounding.Up) : Operator
{
    internal static Operator Read(AttributeReader reader) => new CastLike(CastAttributes.ReadSaturate(reader), CastAttributes.ReadRoundMode(reader));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => CastAttributes.Write(writer, Saturate, RoundMode);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.SetOutput(0, context.Type(1), context.Shape(0));
        CastAttributes.SetElements(context, context.Type(1));
    }
}
