using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>A matrix of x's shape with 1 on a diagonal, 0 elsewhere. https://onnx.ai/onnx/operators/onnx__EyeLike.html</summary>
/// <param name="DType">The element type; null is x's.</param>
/// <param name="K">The diagonal, positive above the main one.</param>
public sealed record EyeLike(ElementType? DType = null, long K = 0) : Operator
{
    internal static Operator Read(AttributeReader reader) =>
        new EyeLike(reader.Has("dtype") ? reader.ElementType("dtype", ElementType.Undefined) : null, reader.Int("k", 0));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (DType is { } type)
        {
            writer.Int("dtype", (long)type);
        }

        writer.Int("k", K);
    }

    /// <inheritdoc/>
    public override Operator Widened(ElementType type) => this with { DType = DType is { } given ? Wider(given, type) : null };

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Numeric | ElementTypeSet.Bool);
        context.RequireRank(0, 2);
        context.SetOutput(0, DType ?? context.Type(0), context.Shape(0));
    }
}
