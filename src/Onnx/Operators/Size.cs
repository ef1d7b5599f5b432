using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>The number of x's elements, an int64 scalar. https://onnx.ai/onnx/operators/onnx__Size.html</summary>
public sealed record Size : Operator
{
    internal static Operator Read(AttributeReader reader) => new Size();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.SetOutput(0, ElementType.Int64, new SymbolicShape());
        context.SetElements(0, [context.Shape(0)?.ElementCount is { } count ? count : default(SymbolicInteger)]);
    }
}
