using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Attention by a state S [dk, dv] for each head instead of scores: S = e^decay ⊙ S + k ⊗ w and out = scale · qᵀ · S, where w is v, or with a delta rule beta · (v - Sᵀ · k) (Yang et al., 2024). Inputs:
/// query [N, T, Hq·dk], key [N, T, Hk·dk], value [N, T, Hk·dv], past_state [N, Hk, dk, dv] (optional), decay [N, T, Hk·dk] or [N, T, Hk] (of gated rules), beta [N, T, Hk] or [N, T, 1] (of delta rules). Neighbouring heads of
/// the query share a state. Outputs: [N, T, Hq·dv], present_state [N, Hk, dk, dv]. https://onnx.ai/onnx/operators/onnx__LinearAttention.html
/// </summary>
/// <param name="QueryHeads">Hq.</param>
/// <param name="KeyHeads">Hk.</param>
/// <param name="Rule">How the state is written.</param>
/// <param name="Scale">scale; null is 1/√dk.</param>
public sealed record LinearAttention(long QueryHeads, long KeyHeads, LinearAttentionRule Rule = LinearAttentionRule.GatedDelta, float? Scale = null) : Operator
{
    private static readonly string[] Rules = ["gated_delta", "linear", "gated", "delta"];

    /// <summary>Whether the state forgets.</summary>
    public bool IsGated => Rule is LinearAttentionRule.Gated or LinearAttentionRule.GatedDelta;

    /// <summary>Whether what the state says already is not written again.</summary>
    public bool IsDelta => Rule is LinearAttentionRule.Delta or LinearAttentionRule.GatedDelta;

    internal static Operator Read(AttributeReader reader) => reader.Has("q_num_heads") && reader.Has("kv_num_heads")
        ? new LinearAttention(
            reader.Int("q_num_heads", 0), reader.Int("kv_num_heads", 0), (LinearAttentionRule)TextChoice.Read(reader, "update_rule", 0, Rules),
            reader.Float("scale", 0) is not 0 and var scale ? scale : null)
        : throw reader.Error("expected attributes 'q_num_heads' and 'kv_num_heads', which are not optional.");

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("kv_num_heads", KeyHeads);
        writer.Int("q_num_heads", QueryHeads);
        if (Scale is { } scale)
        {
            writer.Float("scale", scale);
        }

        writer.String("update_rule", Rules[(int)Rule]);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 6);
        context.RequireType(0, ElementTypeSet.Floating);
        ElementType type = context.RequireSameType(0, 1, 2, 4, 5);
        if (QueryHeads < 1 || KeyHeads < 1 || QueryHeads % KeyHeads != 0 || QueryHeads > int.MaxValue)
        {
            throw context.Error($"expected 'q_num_heads' that is a multiple of 'kv_num_heads', got {QueryHeads} and {KeyHeads}.");
        }

        if ((IsGated && !context.HasInput(4)) || (IsDelta && !context.HasInput(5)))
        {
            throw context.Error($"expected {(IsGated && !context.HasInput(4) ? "decay" : "beta")}, which update_rule {Rules[(int)Rule]} reads.");
        }

        (Dimension batch, Dimension steps) = (Dimension.Unknown, Dimension.Unknown);
        var sizes = new Dimension[3];
        for (int input = 0; input < 6; input++)
        {
            if (input == 3 || context.Shape(input) is not { } shape)
            {
                continue;
            }

            context.RequireRank(input, 3);
            batch = context.Unify(batch, shape[0], $"the batch of query and input {input}");
            steps = context.Unify(steps, shape[1], $"the length of query and input {input}");
            if (input < 3 && shape[2].Size is { } width)
            {
                long heads = input == 0 ? QueryHeads : KeyHeads;
                sizes[input] = width % heads == 0 ? width / heads : throw context.Error($"expected {heads} heads in the last axis of input {input}, got {shape}.");
            }
        }

        Dimension keySize = context.Unify(sizes[0], sizes[1], "the head sizes of query and key");
        if (context.Shape(4)?[2].Size is { } decay && decay != KeyHeads && decay != KeyHeads * keySize.Size && keySize.IsKnown)
        {
            throw context.Error($"expected a decay for each of {KeyHeads} heads or of their {keySize} elements, got {context.Shape(4)}.");
        }

        if (context.Shape(5)?[2].Size is { } beta && beta != KeyHeads && beta != 1)
        {
            throw context.Error($"expected a beta for each of {KeyHeads} heads or one, got {context.Shape(5)}.");
        }

        var state = new SymbolicShape(batch, KeyHeads, keySize, sizes[2]);
        context.RequireType(3, ElementTypeSet.Floating);
        context.RequireRank(3, 4);
        for (int axis = 0; axis < 4 && context.Shape(3) is { } past; axis++)
        {
            context.RequireEqual(past[axis], state[axis], $"axis {axis} of past_state and {state}");
        }

        context.SetOutput(0, type, new SymbolicShape(batch, steps, sizes[2].Size is { } value ? checked(value * QueryHeads) : Dimension.Unknown));
        context.SetOutput(1, context.HasInput(3) ? context.Type(3) : type, state);
    }
}
