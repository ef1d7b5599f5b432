using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A product of quantized matrices, quantized again: y = saturate(round(Σ (a - za) · (b - zb) · sa · sb / sy) + zy). Inputs: a, a_scale, a_zero_point, b,
/// b_scale, b_zero_point, y_scale, y_zero_point. The elements are int8 or uint8. Scales and zero points are scalars, those of a also
/// [M] or […, M, 1], those of b also [N] or […, 1, N]. https://onnx.ai/onnx/operators/onnx__QLinearMatMul.html
/// </summary>
public sealed record QLinearMatMul : Operator
{
    internal static Operator Read(AttributeReader reader) => new QLinearMatMul();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(8, 8);
        QuantizedInputs.RequireBytes(context, 0, 3, 7);
        _ = context.RequireSameType(0, 2);
        _ = context.RequireSameType(3, 5);
        foreach (int scale in new[] { 1, 4, 6 })
        {
            context.RequireType(scale, ElementTypeSet.Floating);
        }

        MatrixShapes.RequireLeft(context, 1, "a_scale", 0);
        MatrixShapes.RequireLeft(context, 2, "a_zero_point", 0);
        MatrixShapes.RequireRight(context, 4, "b_scale", 3);
        MatrixShapes.RequireRight(context, 5, "b_zero_point", 3);
        QuantizedInputs.RequireScalar(context, 6, "y_scale");
        QuantizedInputs.RequireScalar(context, 7, "y_zero_point");
        context.SetOutput(0, context.Type(7), MatrixShapes.Product(context, 0, 3));
    }

    /// <summary>M · N · K of every product.</summary>
    public override long? CountMultiplyAccumulates(InferenceContext context) => context.Shape(0) is { Rank: > 0 } a && a[a.Rank - 1].Size is { } k ? context.OutputShape(0)?.ElementCount * k : null;
}
