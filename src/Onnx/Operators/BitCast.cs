using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>y = the bits of x as another element type of the same number of bits. https://onnx.ai/onnx/operators/onnx__BitCast.html</summary>
/// <param name="To">The element type of y.</param>
public sealed record BitCast(ElementType To) : Operator
{
    internal static Operator Read(AttributeReader reader) => reader.Has("to")
        ? new BitCast(reader.ElementType("to", ElementType.Undefined))
        : throw reader.Error("expected attribute 'to', which is not optional.");

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Int("to", (long)To);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.All & ~ElementTypeSet.String);
        ElementType from = context.Type(0);
        if (from != ElementType.Undefined && (ElementTypes.Find(from)?.BitWidth != ElementTypes.Find(To)?.BitWidth || To == ElementType.String))
        {
            throw context.Error($"expected element types of the same number of bits, got {from} and {To}.");
        }

        context.SetOutput(0, To, context.Shape(0));
    }
}
