using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>y = condition ? a : b, element by element with broadcasting. Inputs: condition (bool), a, b. https://onnx.ai/onnx/operators/onnx__Where.html</summary>
public sealed record Where : Operator
{
    internal static Operator Read(AttributeReader reader) => new Where();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 3);
        context.RequireType(0, ElementTypeSet.Bool);
        ElementType type = context.RequireSameType(1, 2);
        context.SetOutput(0, type, context.Broadcast(0, 1, 2));
    }
}
