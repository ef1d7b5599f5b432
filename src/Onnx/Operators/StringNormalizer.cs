using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The texts of x, [C] or [1, C], without stop words and with another case; where nothing is left, one empty text. Output: [D] or [1, D]. https://onnx.ai/onnx/operators/onnx__StringNormalizer.html
/// </summary>
/// <param name="Case">What becomes of the letters.</param>
/// <param name="IsCaseSensitive">Whether a stop word has to have the text's case.</param>
/// <param name="Locale">Whose letters they are, as <c>en_US</c>; empty is no language in particular.</param>
/// <param name="StopWords">The texts that are left out.</param>
public sealed record StringNormalizer(CaseChange Case = CaseChange.None, bool IsCaseSensitive = false, string Locale = "", ValueList<string>? StopWords = null) : Operator
{
    private static readonly string[] Actions = ["NONE", "LOWER", "UPPER"];

    internal static Operator Read(AttributeReader reader) => new StringNormalizer(
        (CaseChange)TextChoice.Read(reader, "case_change_action", 0, Actions), reader.Flag("is_case_sensitive", false), reader.String("locale", ""),
        reader.Strings("stopwords") is { } words ? new ValueList<string>([.. words]) : null);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.String("case_change_action", Actions[(int)Case]);
        writer.Flag("is_case_sensitive", IsCaseSensitive);
        if (Locale.Length > 0)
        {
            writer.String("locale", Locale);
        }

        if (StopWords is not null)
        {
            writer.Strings("stopwords", StopWords.Values);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.String);
        if (context.Shape(0) is not { } x)
        {
            context.SetOutput(0, ElementType.String, null);
            return;
        }

        if (x.Rank is not (1 or 2) || (x.Rank == 2 && x[0].Size is { } rows && rows != 1))
        {
            throw context.Error($"expected X of shape [C] or [1, C], got {x}.");
        }

        context.SetOutput(0, ElementType.String, x.Rank == 1 ? new SymbolicShape(Dimension.Unknown) : new SymbolicShape(1, Dimension.Unknown));
    }
}
