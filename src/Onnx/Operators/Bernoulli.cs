using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>y = 1 with probability x, else 0, element by element. https://onnx.ai/onnx/operators/onnx__Bernoulli.html</summary>
/// <param name="DType">The element type; null is the input's.</param>
/// <param name="Seed">The seed; null is one that the runtime picks.</param>
public sealed record Bernoulli(ElementType? DType = null, float? Seed = null) : RandomOperator(DType, Seed)
{
    internal static Operator Read(AttributeReader reader) => new Bernoulli(ReadType(reader), ReadSeed(reader));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        WriteType(writer);
        WriteSeed(writer);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireType(0, ElementTypeSet.Floating);
        InferLike(context);
    }
}
