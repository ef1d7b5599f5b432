using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>A tensor of the input's shape of normally distributed numbers. https://onnx.ai/onnx/operators/onnx__RandomNormalLike.html</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Scale">The standard deviation.</param>
/// <param name="DType">The element type; null is the input's.</param>
/// <param name="Seed">The seed; null is one that the runtime picks.</param>
public sealed record RandomNormalLike(float Mean = 0f, float Scale = 1f, ElementType? DType = null, float? Seed = null) : RandomOperator(DType, Seed)
{
    internal static Operator Read(AttributeReader reader) => new RandomNormalLike(
        reader.Float("mean", 0f), reader.Float("scale", 1f), ReadType(reader), ReadSeed(reader));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        WriteType(writer);
        writer.Float("mean", Mean);
        writer.Float("scale", Scale);
        WriteSeed(writer);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context) => InferLike(context);
}
