using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>A tensor of uniformly distributed numbers. https://onnx.ai/onnx/operators/onnx__RandomUniform.html</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Low">The least number.</param>
/// <param name="High">The end of the range, which is left out.</param>
/// <param name="DType">The element type; null is float32.</param>
/// <param name="Seed">The seed; null is one that the runtime picks.</param>
public sealed record RandomUniform(IntList Shape, float Low = 0f, float High = 1f, ElementType? DType = null, float? Seed = null) : RandomOperator(DType, Seed)
{
    internal static Operator Read(AttributeReader reader) => new RandomUniform(
        ReadShape(reader), reader.Float("low", 0f), reader.Float("high", 1f), ReadType(reader), ReadSeed(reader));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        WriteType(writer);
        writer.Float("low", Low);
        writer.Float("high", High);
        WriteSeed(writer);
        writer.Ints("shape", Shape.Values);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context) => InferShape(context, Shape);
}
