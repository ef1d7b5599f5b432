using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Y = A · B of matrices [M,K] and [K,N], batched over the axes before the last two, which broadcast. A vector A is a row,
/// a vector B a column, and that axis is dropped from Y. https://onnx.ai/onnx/operators/onnx__MatMul.html
/// </summary>
public sealed record MatMul : Operator
{
    internal static Operator Read(AttributeReader reader) => new MatMul();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(0, ElementTypeSet.Numeric);
        context.RequireType(1, ElementTypeSet.Numeric);
        ElementType type = context.RequireSameType(0, 1);
        context.SetOutput(0, type, MatrixShapes.Product(context, 0, 1));
    }

    /// <summary>The elements of Y, times K.</summary>
    public override long? CountMultiplyAccumulates(InferenceContext context) =>
        context.Shape(0) is { Rank: > 0 } a && a[a.Rank - 1].Size is { } k ? context.OutputShape(0)?.ElementCount * k : null;
}
