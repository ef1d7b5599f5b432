using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>A tensor of the input's shape of uniformly distributed numbers. https://onnx.ai/onnx/operators/onnx__RandomUniformLike.html</summary>
/// <param name="Low">The least number.</param>
/// <param name="High">The end of the range, which is left out.</param>
/// <param name="DType">The element type; null is the input's.</param>
/// <param name="Seed">The seed; null is one that the runtime picks.</param>
public sealed record RandomUniformLike(float Low = 0f, float High = 1f, ElementType? DType = null, float? Seed = null) : RandomOperator(DType, Seed)
{
    internal static Operator Read(AttributeReader reader) => new RandomUniformLike(
        reader.Float("low", 0f), reader.Float("high", 1f), ReadType(reader), ReadSeed(reader));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        WriteType(writer);
        writer.Float("low", Low);
        writer.Float("high", High);
        WriteSeed(writer);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context) => InferLike(context);
}
