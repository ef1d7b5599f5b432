using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Y = softmax(softcap(scale · Q · Kᵀ) + mask) · V for each head (Vaswani et al., 2017). Inputs: Q [N, Hq, S, D], K [N, Hk, T, D],
/// V [N, Hk, T, E], or each with its heads side by side ([N, S, Hq·D], …), attn_mask (optional: bool, true takes part, or numbers that are
/// added; broadcasts to [N, Hq, S, P + T], and what its last axis lacks is masked), past_key [N, Hk, P, D] and past_value [N, Hk, P, E]
/// (optional: they come before K and V), nonpad_kv_seqlen [N] (optional, int64: the keys that count). Hq is a multiple of Hk: neighbouring heads of Q share one
/// of K and V. Outputs: Y as Q with E in place of D, present_key [N, Hk, P + T, D], present_value [N, Hk, P + T, E], qk_matmul_output [N, Hq, S, P + T].
/// softcap(x) = c · tanh(x / c). https://onnx.ai/onnx/operators/onnx__Attention.html
/// </summary>
/// <param name="IsCausal">Whether a query sees no key behind its own place: P + its row, or with nonpad_kv_seqlen counted from the last key.</param>
/// <param name="QueryHeads">Hq where the heads are side by side.</param>
/// <param name="KeyHeads">Hk likewise.</param>
/// <param name="OutputMode">What qk_matmul_output is.</param>
/// <param name="Scale">scale; null is 1/√D.</param>
/// <param name="SoftCap">c; 0 is none.</param>
/// <param name="SoftmaxPrecision">The element type in which the softmax is computed, or null for the inputs'.</param>
public sealed record Attention(
    bool IsCausal = false,
    long? QueryHeads = null,
    long? KeyHeads = null,
    AttentionOutputMode OutputMode = AttentionOutputMode.Product,
    float? Scale = null,
    float SoftCap = 0,
    ElementType? SoftmaxPrecision = null) : Operator
{
    private const int PaddingSince = 24;

    internal static Operator Read(AttributeReader reader)
    {
        long mode = reader.Int("qk_matmul_output_mode", 0);
        if (mode is < 0 or > (long)AttentionOutputMode.Probabilities)
        {
            throw reader.Error($"expected 'qk_matmul_output_mode' from 0 to 3, got {mode}.");
        }

        if (reader.Opset < PaddingSince && reader.InputCount > 6)
        {
            throw reader.Error($"nonpad_kv_seqlen needs opset {PaddingSince}, got {reader.Opset}.");
        }

        return new Attention(
            reader.Flag("is_causal", false),
            reader.Has("q_num_heads") ? reader.Int("q_num_heads", 0) : null,
            reader.Has("kv_num_heads") ? reader.Int("kv_num_heads", 0) : null,
            (AttentionOutputMode)mode,
            reader.Has("scale") ? reader.Float("scale", 0) : null,
            reader.Float("softcap", 0),
            reader.Has("softmax_precision") ? reader.ElementType("softmax_precision", ElementType.Float32) : null);
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Flag("is_causal", IsCausal);
        if (KeyHeads is { } keyHeads)
        {
            writer.Int("kv_num_heads", keyHeads);
        }

        if (QueryHeads is { } queryHeads)
        {
            writer.Int("q_num_heads", queryHeads);
        }

        writer.Int("qk_matmul_output_mode", (long)OutputMode);
        if (Scale is { } scale)
        {
            writer.Float("scale", scale);
        }

        writer.Float("softcap", SoftCap);
        if (SoftmaxPrecision is { } precision)
        {
            writer.Int("softmax_precision", (long)precision);
        }
    }

    /// <inheritdoc/>
    public override Operator Widened(ElementType type) => this with { SoftmaxPrecision = SoftmaxPrecision is { } given ? Wider(given, type) : null };

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 7);
        context.RequireType(0, ElementTypeSet.Floating);
        context.RequireType(2, ElementTypeSet.Floating);
        context.RequireType(3, ElementTypeSet.Numeric | ElementTypeSet.Bool);
        ElementType type = context.RequireSameType(0, 1, 4);
        ElementType valueType = context.RequireSameType(2, 5);
        if (context.Type(6) is not (ElementType.Undefined or ElementType.Int64))
        {
            throw context.Error($"expected int64 for nonpad_kv_seqlen (input 6), got {context.Type(6)}.");
        }

        if (context.HasInput(4) != context.HasInput(5))
        {
            throw context.Error("expected past_key and past_value together, got one of them.");
        }

        if (!(SoftCap >= 0))
        {
            throw context.Error($"expected 'softcap' of 0 or more, got {SoftCap}.");
        }

        Dimension[] q = Split(context, 0, "Q", QueryHeads, "q_num_heads");
        Dimension[] k = Split(context, 1, "K", KeyHeads, "kv_num_heads");
        Dimension[] v = Split(context, 2, "V", KeyHeads, "kv_num_heads");
        Dimension batch = context.Unify(context.Unify(q[0], k[0], "the batch of Q and K"), v[0], "the batch of Q and V");
        Dimension keyHeads = context.Unify(k[1], v[1], "the heads of K and V");
        Dimension keys = context.Unify(k[2], v[2], "the length of K and V");
        context.RequireEqual(q[3], k[3], "the head size of Q and K");
        if (q[1].Size is { } queries && keyHeads.Size is { } shared && (shared == 0 || queries % shared != 0))
        {
            throw context.Error($"expected heads of Q that are a multiple of those of K and V, got {queries} and {shared}.");
        }

        context.RequireRank(4, 4);
        context.RequireRank(5, 4);
        context.RequireRank(6, 1);
        Dimension past = !context.HasInput(4) ? 0
            : context.Unify(context.Shape(4)?[2] ?? Dimension.Unknown, context.Shape(5)?[2] ?? Dimension.Unknown, "the length of past_key and past_value");
        RequirePast(context, 4, "past_key", batch, keyHeads, k[3]);
        RequirePast(context, 5, "past_value", batch, keyHeads, v[3]);
        if (context.Shape(6) is { } lengths)
        {
            context.RequireEqual(lengths[0], batch, "nonpad_kv_seqlen and the batch");
        }

        Dimension total = past.Size is { } before && keys.Size is { } added ? checked(before + added) : past.Size == 0 ? keys : Dimension.Unknown;
        RequireMask(context, [batch, q[1], q[2], total]);
        bool isSideBySide = context.Shape(0)?.Rank == 3;
        context.SetOutput(
            0, type,
            context.Shape(0) is null || context.Shape(2) is null ? null
            : isSideBySide ? new SymbolicShape(batch, q[2], q[1].Size is { } heads && v[3].Size is { } width ? checked(heads * width) : Dimension.Unknown)
            : new SymbolicShape(batch, q[1], q[2], v[3]));
        context.SetOutput(1, type, new SymbolicShape(batch, keyHeads, total, k[3]));
        context.SetOutput(2, valueType, new SymbolicShape(batch, keyHeads, total, v[3]));
        context.SetOutput(3, type, new SymbolicShape(batch, q[1], q[2], total));
    }

    /// <summary>Queries · keys · (D + E) for each head.</summary>
    public override long? CountMultiplyAccumulates(InferenceContext context)
    {
        SymbolicShape? y = context.OutputShape(0);
        if (context.Shape(0) is not { IsKnown: true } q || context.Shape(1) is not { IsKnown: true } k || y?.ElementCount is not { } elements)
        {
            return null;
        }

        long past = context.Shape(4)?[2].Size ?? 0;
        return (q.ElementCount + elements) * (k[k.Rank - 2].Size + past);
    }

    // [N, H, S, D], whichever form the input has.
    private static Dimension[] Split(InferenceContext context, int input, string name, long? heads, string attribute)
    {
        if (context.Shape(input) is not { } shape)
        {
            return new Dimension[4];
        }

        if (shape.Rank == 4)
        {
            return shape.Dimensions.ToArray();
        }

        if (shape.Rank != 3)
        {
            throw context.Error($"expected {name} of rank 3 or 4, got {shape}.");
        }

        if (heads is not { } count || count < 1 || (shape[2].Size is { } width && width % count != 0))
        {
            throw context.Error($"expected '{attribute}' that divides the last axis of {name} {shape}, got {heads?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}.");
        }

        return [shape[0], count, shape[1], shape[2].Size is { } size ? size / count : Dimension.Unknown];
    }

    private static void RequirePast(InferenceContext context, int input, string name, Dimension batch, Dimension heads, Dimension size)
    {
        if (context.Shape(input) is { } past)
        {
            context.RequireEqual(past[0], batch, $"the batch of {name} and Q");
            context.RequireEqual(past[1], heads, $"the heads of {name} and K");
            context.RequireEqual(past[3], size, $"the head size of {name} and what comes behind it");
        }
    }

    // The last axis may be shorter.
    private static void RequireMask(InferenceContext context, ReadOnlySpan<Dimension> scores)
    {
        if (context.Shape(3) is not { } mask)
        {
            return;
        }

        if (mask.Rank is < 1 or > 4)
        {
            throw context.Error($"expected attn_mask of rank 1 to 4, got {mask}.");
        }

        for (int axis = 1; axis <= mask.Rank; axis++)
        {
            (Dimension size, Dimension wanted) = (mask[mask.Rank - axis], scores[^axis]);
            bool fits = size.Size is not { } a || wanted.Size is not { } b || (axis == 1 ? a <= b : a == 1 || a == b);
            if (!fits)
            {
                throw context.Error($"expected attn_mask to broadcast to {new SymbolicShape(scores)}, got {mask}.");
            }
        }
    }
}
