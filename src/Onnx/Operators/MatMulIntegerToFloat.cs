using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Y = Σ (a - za) · (b - zb) · sa · sb + bias in float32, a product of quantized matrices by NumPy's rule, of the domain com.microsoft. Inputs: A, B, a_scale, b_scale,
/// a_zero_point (optional), b_zero_point (optional), bias (optional, [N]). Scale and zero point of B are scalars or [N].
/// </summary>
public sealed record MatMulIntegerToFloat : ContribOperator
{
    private const int LeftScale = 2;
    private const int RightScale = 3;
    private const int LeftZeroPoint = 4;
    private const int RightZeroPoint = 5;
    private const int Bias = 6;

    internal static Operator Read(AttributeReader reader) => new MatMulIntegerToFloat();

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(4, 7);
        QuantizedInputs.RequireBytes(context, 0, 1);
        _ = context.RequireSameType(0, LeftZeroPoint);
        _ = context.RequireSameType(1, RightZeroPoint);
        context.RequireType(LeftScale, ElementTypeSet.Floating);
        context.RequireType(RightScale, ElementTypeSet.Floating);
        QuantizedInputs.RequireScalar(context, LeftScale, "a_scale");
        QuantizedInputs.RequireScalar(context, LeftZeroPoint, "a_zero_point");
        Dimension n = context.Shape(1) is not { } b ? Dimension.Unknown : b.Rank > 1 ? b[b.Rank - 1] : 1;
        QuantizedInputs.RequireVector(context, RightScale, "b_scale", n);
        QuantizedInputs.RequireVector(context, RightZeroPoint, "b_zero_point", n);
        context.RequireType(Bias, ElementTypeSet.Floating);
        QuantizedInputs.RequireVector(context, Bias, "bias", n);
        context.SetOutput(0, ElementType.Float32, MatrixShapes.Product(context, 0, 1));
    }

    /// <summary>M · N · K of every product.</summary>
    public override long? CountMultiplyAccumulates(InferenceContext context) => context.Shape(0) is { Rank: > 0 } a && a[a.Rank - 1].Size is { } k ? context.OutputShape(0)?.ElementCount * k : null;
}
