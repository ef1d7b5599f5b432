using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>The indices of the elements that are not 0, int64 [rank, number of them], in row-major order. https://onnx.ai/onnx/operators/onnx__NonZero.html</summary>
public sealed record NonZero : Operator
{
    internal static Operator Read(AttributeReader reader) => new NonZero();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.SetOutput(0, ElementType.Int64, new SymbolicShape(context.Shape(0) is { } shape ? shape.Rank : Dimension.Unknown, Dimension.Unknown));
    }
}
