using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Y = (Σ (a - za) · (b - zb) + C) · alpha · sa · sb, quantized again where y_zero_point is there, of the domain com.microsoft. Inputs: A, a_scale, a_zero_point, B, b_scale,
/// b_zero_point, C (optional, int32, in steps of alpha · sa · sb, broadcast to [M,N]), y_scale (optional), y_zero_point (optional). Scale and zero point of B are scalars or [N].
/// </summary>
/// <param name="Alpha">Factor of the product and of C.</param>
/// <param name="TransA">Whether A is read transposed.</param>
/// <param name="TransB">Whether B is read transposed.</param>
public sealed record QGemm(float Alpha = 1f, bool TransA = false, bool TransB = false) : ContribOperator
{
    private const int Right = 3;
    private const int Bias = 6;
    private const int Result = 7;

    internal static Operator Read(AttributeReader reader) => new QGemm(reader.Float("alpha", 1f), reader.Flag("transA", false), reader.Flag("transB", false));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Float("alpha", Alpha);
        writer.Flag("transA", TransA);
        writer.Flag("transB", TransB);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(6, 9);
        _ = RequireQuantized(context, 0, "a");
        context.RequireRank(0, 2);
        context.RequireRank(Right, 2);
        Dimension n = context.Shape(Right) is { } b ? b[TransB ? 0 : 1] : Dimension.Unknown;
        Dimension m = context.Shape(0) is { } a ? a[TransA ? 1 : 0] : Dimension.Unknown;
        if (context.Shape(0) is { } left && context.Shape(Right) is { } right)
        {
            context.RequireEqual(left[TransA ? 0 : 1], right[TransB ? 1 : 0], "the contracted size K of A and B");
        }

        QuantizedInputs.RequireBytes(context, Right);
        _ = context.RequireSameType(Right, Right + 2);
        context.RequireType(Right + 1, ElementTypeSet.Floating);
        QuantizedInputs.RequireVector(context, Right + 1, "b_scale", n);
        QuantizedInputs.RequireVector(context, Right + 2, "b_zero_point", n);
        var shape = new SymbolicShape(m, n);
        if (context.HasInput(Bias))
        {
            if (context.Type(Bias) is not (ElementType.Undefined or ElementType.Int32))
            {
                throw context.Error($"expected int32 for C (input {Bias}), got {context.Type(Bias)}.");
            }

            if (context.Shape(Bias) is { } c)
            {
                context.RequireBroadcast(c, shape, "C");
            }
        }

        if (context.HasInput(Result) != context.HasInput(Result + 1))
        {
            throw context.Error("expected y_scale and y_zero_point both or neither.");
        }

        if (context.HasInput(Result))
        {
            RequireParameters(context, Result, "y");
        }

        context.SetOutput(0, context.HasInput(Result) ? context.Type(Result + 1) : ElementType.Float32, shape);
    }

    /// <summary>M · N · K.</summary>
    public override long? CountMultiplyAccumulates(InferenceContext context) =>
        context.Shape(0)?[TransA ? 0 : 1].Size is { } k ? context.OutputShape(0)?.ElementCount * k : null;
}
