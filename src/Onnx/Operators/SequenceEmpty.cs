using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>A sequence without elements. https://onnx.ai/onnx/operators/onnx__SequenceEmpty.html</summary>
/// <param name="Type">The element type of the tensors that it may hold.</param>
public sealed record SequenceEmpty(ElementType Type = ElementType.Float32) : SequenceOperator
{
    internal static Operator Read(AttributeReader reader) => new SequenceEmpty(reader.ElementType("dtype", ElementType.Float32));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Int("dtype", (long)Type);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(0, 0);
        context.SetOutput(0, new SequenceType(new TensorType(Type)));
    }
}
