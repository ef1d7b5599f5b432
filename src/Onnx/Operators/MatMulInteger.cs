using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// (A - a_zero_point) · (B - b_zero_point) in int32 by NumPy's rule for matrix products. Inputs: A and B of int8 or uint8, a_zero_point (optional: a
/// scalar, [M] or […, M, 1]), b_zero_point (optional: a scalar, [N] or […, 1, N]). https://onnx.ai/onnx/operators/onnx__MatMulInteger.html
/// </summary>
public sealed record MatMulInteger : Operator
{
    internal static Operator Read(AttributeReader reader) => new MatMulInteger();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 4);
        QuantizedInputs.RequireBytes(context, 0, 1);
        _ = context.RequireSameType(0, 2);
        _ = context.RequireSameType(1, 3);
        MatrixShapes.RequireLeft(context, 2, "a_zero_point", 0);
        MatrixShapes.RequireRight(context, 3, "b_zero_point", 1);
        context.SetOutput(0, ElementType.Int32, MatrixShapes.Product(context, 0, 1));
    }

    /// <summary>M · N · K of every product.</summary>
    public override long? CountMultiplyAccumulates(InferenceContext context) => context.Shape(0) is { Rank: > 0 } a && a[a.Rank - 1].Size is { } k ? context.OutputShape(0)?.ElementCount * k : null;
}
