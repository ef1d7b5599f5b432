using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Pairs of elements of each head, turned by an angle that grows with the position (Su et al., 2021): (a, b) becomes (a · cos - b · sin, b · cos + a · sin).
/// Inputs: X [N, H, S, D], or with its heads side by side [N, S, H·D], cos_cache and sin_cache [P, R/2], position_ids [N, S] (optional, int64:
/// rows of the caches; without them the caches are [N, S, R/2]). The first R elements of a head are turned: the halves belong together, or neighbours
/// where they are interleaved. https://onnx.ai/onnx/operators/onnx__RotaryEmbedding.html
/// </summary>
/// <param name="Interleaved">Whether neighbours are pairs.</param>
/// <param name="HeadCount">H where the heads are side by side.</param>
/// <param name="RotaryDimension">R; 0 is D.</param>
public sealed record RotaryEmbedding(bool Interleaved = false, long HeadCount = 0, long RotaryDimension = 0) : Operator
{
    internal static Operator Read(AttributeReader reader) =>
        new RotaryEmbedding(reader.Flag("interleaved", false), reader.Int("num_heads", 0), reader.Int("rotary_embedding_dim", 0));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Flag("interleaved", Interleaved);
        writer.Int("num_heads", HeadCount);
        writer.Int("rotary_embedding_dim", RotaryDimension);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 4);
        context.RequireType(0, ElementTypeSet.Floating);
        ElementType type = context.RequireSameType(0, 1, 2);
        if (context.Type(3) is not (ElementType.Undefined or ElementType.Int64))
        {
            throw context.Error($"expected int64 for position_ids (input 3), got {context.Type(3)}.");
        }

        int cacheRank = context.HasInput(3) ? 2 : 3;
        context.RequireRank(1, cacheRank);
        context.RequireRank(2, cacheRank);
        context.RequireRank(3, 2);
        if (context.Shape(0) is { } x)
        {
            if (x.Rank is not (3 or 4))
            {
                throw context.Error($"expected X of rank 3 or 4, got {x}.");
            }

            if (x.Rank == 3 && (HeadCount < 1 || (x[2].Size is { } width && width % HeadCount != 0)))
            {
                throw context.Error($"expected 'num_heads' that divides the last axis of X {x}, got {HeadCount}.");
            }

            Dimension head = x.Rank == 4 ? x[3] : x[2].Size is { } side ? side / HeadCount : Dimension.Unknown;
            Dimension sequence = x.Rank == 4 ? x[2] : x[1];
            Dimension rotary = RotaryDimension > 0 ? RotaryDimension : head;
            if (RotaryDimension < 0 || rotary.Size > head.Size || (rotary.Size is { } even && even % 2 != 0))
            {
                throw context.Error($"expected an even 'rotary_embedding_dim' of {head} at most, got {rotary}.");
            }

            Dimension half = rotary.Size is { } size ? size / 2 : Dimension.Unknown;
            for (int input = 1; input < 3; input++)
            {
                if (context.Shape(input) is { } cache)
                {
                    context.RequireEqual(cache[cacheRank - 1], half, $"the last axis of input {input} and half of what is turned");
                    if (cacheRank == 3)
                    {
                        context.RequireEqual(cache[0], x[0], $"the batch of input {input} and X");
                        context.RequireEqual(cache[1], sequence, $"the length of input {input} and X");
                    }
                }
            }

            if (context.Shape(1) is { } cos && context.Shape(2) is { } sin)
            {
                context.RequireEqual(cos[0], sin[0], "the rows of cos_cache and sin_cache");
            }

            if (context.Shape(3) is { } positions)
            {
                context.RequireEqual(positions[0], x[0], "the batch of position_ids and X");
                context.RequireEqual(positions[1], sequence, "the length of position_ids and X");
            }
        }

        context.SetOutput(0, type, context.Shape(0));
    }
}
