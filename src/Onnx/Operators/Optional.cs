using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>A value that may be absent: the input, or nothing of a given type where there is none. https://onnx.ai/onnx/operators/onnx__Optional.html</summary>
/// <param name="ElementType">The type of what it may hold; null where the input tells it.</param>
public sealed record Optional(OnnxType? ElementType = null) : SequenceOperator
{
    internal static Operator Read(AttributeReader reader) => new Optional(reader.Type("type"));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (ElementType is not null)
        {
            writer.Type("type", ElementType);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(0, 1);
        OnnxType? given = context.ValueType(0);
        OnnxType type = given ?? ElementType ?? throw context.Error("expected an input or the attribute 'type', got neither.");
        if (type is OptionalType or MapType || (type is TensorType { ElementType: Numerics.ElementType.Undefined } && given is null))
        {
            throw context.Error($"expected a tensor or a sequence, got {type}.");
        }

        if (given is not null && ElementType is not null && !given.Fits(ElementType))
        {
            throw context.Error($"expected {ElementType}, which the attribute 'type' says, got {given}.");
        }

        context.SetOutput(0, new OptionalType(type));
    }
}
