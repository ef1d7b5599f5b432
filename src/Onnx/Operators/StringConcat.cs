using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>z = x followed by y, text by text, broadcast by NumPy's rule. https://onnx.ai/onnx/operators/onnx__StringConcat.html</summary>
public sealed record StringConcat : Operator
{
    internal static Operator Read(AttributeReader reader) => new StringConcat();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(0, ElementTypeSet.String);
        context.RequireType(1, ElementTypeSet.String);
        context.SetOutput(0, ElementType.String, context.Broadcast(0, 1));
    }
}
