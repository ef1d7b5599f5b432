using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Counts of n-grams in each row of X, [C] or [N, C] of string, int32 or int64. Output: float32 [D] or [N, D], D being the greatest of the places and 1.
/// https://onnx.ai/onnx/operators/onnx__TfIdfVectorizer.html
/// </summary>
/// <remarks>
/// An n-gram is n elements of a row that stand <c>s + 1</c> apart, for every s from 0 to <see cref="MaxSkipCount"/>; a single element counts once.
/// </remarks>
/// <param name="MinGramLength">The least n.</param>
/// <param name="MaxGramLength">The greatest n.</param>
/// <param name="MaxSkipCount">The elements that are left out at most between two neighbours of an n-gram.</param>
/// <param name="Weighting">What an n-gram counts.</param>
/// <param name="Starts">Where the 1-grams, the 2-grams and so on begin in the pool.</param>
/// <param name="Places">The place in the output of each n-gram of the pool.</param>
/// <param name="Ints">The pool of numbers, or null where it is of texts.</param>
/// <param name="Strings">The pool of texts, or null where it is of numbers.</param>
/// <param name="Weights">The weights of the n-grams of the pool; null is 1.</param>
public sealed record TfIdfVectorizer(
    long MinGramLength, long MaxGramLength, long MaxSkipCount, TermWeighting Weighting, IntList Starts, IntList Places, IntList? Ints = null, ValueList<string>? Strings = null, ValueList<float>? Weights = null)
    : Operator
{
    private static readonly string[] Modes = ["TF", "IDF", "TFIDF"];

    /// <summary>The number of places.</summary>
    public long Length => Places.Count == 0 ? 0 : Places.Max() + 1;

    internal static Operator Read(AttributeReader reader)
    {
        foreach (string name in (ReadOnlySpan<string>)["mode", "min_gram_length", "max_gram_length", "max_skip_count"])
        {
            _ = reader.Has(name) ? name : throw reader.Error($"expected attribute '{name}', which is not optional.");
        }

        return new TfIdfVectorizer(
            reader.Int("min_gram_length", 0), reader.Int("max_gram_length", 0), reader.Int("max_skip_count", 0), (TermWeighting)TextChoice.Read(reader, "mode", 0, Modes),
            Required("ngram_counts"), Required("ngram_indexes"), reader.Ints("pool_int64s"), reader.Strings("pool_strings") is { } strings ? new ValueList<string>([.. strings]) : null,
            reader.Floats("weights") is { Count: > 0 } weights ? new ValueList<float>([.. weights]) : null);

        IntList Required(string name) => reader.Ints(name) ?? throw reader.Error($"expected attribute '{name}', which is not optional.");
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("max_gram_length", MaxGramLength);
        writer.Int("max_skip_count", MaxSkipCount);
        writer.Int("min_gram_length", MinGramLength);
        writer.String("mode", Modes[(int)Weighting]);
        writer.Ints("ngram_counts", Starts.Values);
        writer.Ints("ngram_indexes", Places.Values);
        if (Ints is not null)
        {
            writer.Ints("pool_int64s", Ints.Values);
        }

        if (Strings is not null)
        {
            writer.Strings("pool_strings", Strings.Values);
        }

        if (Weights is not null)
        {
            writer.Floats("weights", Weights.Values);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        RequireGrams(context);
        ElementType expected = Strings is null ? ElementType.Int64 : ElementType.String;
        if (context.Type(0) is not ElementType.Undefined and var type && type != expected && (Strings is not null || type != ElementType.Int32))
        {
            throw context.Error($"expected X of the pool's type, {(Strings is null ? "int32 or int64" : "string")}, got {type}.");
        }

        if (context.Shape(0) is { Rank: not (1 or 2) } wrong)
        {
            throw context.Error($"expected X of shape [C] or [N, C], got {wrong}.");
        }

        context.SetOutput(0, ElementType.Float32, context.Shape(0) is not { } x ? null : x.Rank == 1 ? new SymbolicShape(Length) : new SymbolicShape(x[0], Length));
    }

    private void RequireGrams(InferenceContext context)
    {
        if ((Ints is null) == (Strings is null))
        {
            throw context.Error("expected either 'pool_int64s' or 'pool_strings'.");
        }

        if (MinGramLength < 1 || MaxGramLength < MinGramLength || MaxSkipCount < 0)
        {
            throw context.Error($"expected 1 <= min_gram_length <= max_gram_length and max_skip_count >= 0, got {MinGramLength}, {MaxGramLength} and {MaxSkipCount}.");
        }

        long size = Ints?.Count ?? Strings!.Count;
        long grams = 0;
        if (Starts.Count == 0 || Starts[0] < 0)
        {
            throw context.Error($"expected 'ngram_counts' with the start of the 1-grams, got {Starts}.");
        }

        for (int i = 0; i < Starts.Count; i++)
        {
            long end = i + 1 < Starts.Count ? Starts[i + 1] : size;
            if (end < Starts[i] || end > size || (end - Starts[i]) % (i + 1) != 0)
            {
                throw context.Error($"expected 'ngram_counts' that ascend within a pool of {size} and leave whole {i + 1}-grams, got {Starts}.");
            }

            grams += (end - Starts[i]) / (i + 1);
        }

        if (Places.Count != grams || Places.Any(place => place is < 0 or >= int.MaxValue))
        {
            throw context.Error($"expected 'ngram_indexes' of {grams} places from 0 on, one for each n-gram of the pool, got {Places.Count} from {(Places.Count == 0 ? 0 : Places.Min())} to {Length - 1}.");
        }

        if (Weights is not null && Weights.Count != grams)
        {
            throw context.Error($"expected 'weights' of {grams} numbers, one for each n-gram of the pool, got {Weights.Count}.");
        }
    }
}
