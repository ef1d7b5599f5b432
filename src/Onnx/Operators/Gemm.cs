using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Y = alpha · A' · B' + beta · C, A' [M,K], B' [K,N], C broadcast to [M,N] (optional); A' is Aᵀ with transA, B' is Bᵀ with transB.
/// https://onnx.ai/onnx/operators/onnx__Gemm.html
/// </summary>
/// <param name="Alpha">Factor of A'·B'.</param>
/// <param name="Beta">Factor of C.</param>
/// <param name="TransA">Whether A is read transposed.</param>
/// <param name="TransB">Whether B is read transposed.</param>
public sealed record Gemm(float Alpha = 1f, float Beta = 1f, bool TransA = false, bool TransB = false) : Operator
{
    internal static Operator Read(AttributeReader reader)
    {
        // Before opset 7 C broadcast only where this was set; where it is not set, C has Y's shape, and nothing differs.
        _ = reader.Opset < 7 && reader.Flag("broadcast", false);
        return new Gemm(
            reader.Float("alpha", 1f),
            reader.Float("beta", 1f),
            reader.Flag("transA", false),
            reader.Flag("transB", false));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Float("alpha", Alpha);
        writer.Float("beta", Beta);
        writer.Int("transA", TransA ? 1 : 0);
        writer.Int("transB", TransB ? 1 : 0);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 3);
        context.RequireRank(0, 2);
        context.RequireRank(1, 2);
        ElementType type = context.RequireSameType(0, 1, 2);
        SymbolicShape? a = context.Shape(0);
        SymbolicShape? b = context.Shape(1);
        Dimension m = a is null ? Dimension.Unknown : a[TransA ? 1 : 0];
        Dimension n = b is null ? Dimension.Unknown : b[TransB ? 0 : 1];
        if (a is not null && b is not null)
        {
            context.RequireEqual(a[TransA ? 0 : 1], b[TransB ? 1 : 0], "the contracted size K of A and B");
        }

        var result = new SymbolicShape(m, n);
        if (context.Shape(2) is { } c)
        {
            context.RequireBroadcast(c, result, "C");
        }

        context.SetOutput(0, type, result);
    }

    /// <summary>M · N · K.</summary>
    public override long? CountMultiplyAccumulates(InferenceContext context) =>
        context.Shape(0)?[TransA ? 0 : 1].Size is { } k ? context.OutputShape(0)?.ElementCount * k : null;
}
