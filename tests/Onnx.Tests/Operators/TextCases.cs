using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using static Toolkit.Onnx.Tests.Operators.OperatorCases;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>The cases of operators on texts; part of <see cref="OperatorCases"/>.</summary>
internal static class TextCases
{
    private static readonly ValueInfo Texts = new("x", ElementType.String, new SymbolicShape("N", 3));
    private static readonly ValueInfo Row = new("x", ElementType.String, new SymbolicShape(1, "C"));

    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        Case(new RegexFullMatch("a+"), ElementType.Bool, ["N", 3], Texts),
        Case(new StringConcat(), ElementType.String, ["N", 3], Texts, Tensor.Vector("a", "b", "c")),
        Case(new StringNormalizer(CaseChange.Upper, true, "en_US", new ValueList<string>("a", "b")), ElementType.String, [1, Dimension.Unknown], Row),
        Case(new StringNormalizer(CaseChange.Lower), ElementType.String, [Dimension.Unknown], new ValueInfo("x", ElementType.String, new SymbolicShape("C"))),
        Case(new StringSplit(","), ElementType.String, ["N", 3, Dimension.Unknown], Texts),
        Case(new StringSplit("", 2), ElementType.String, ["N", 3, Dimension.Unknown], Texts),
        Case(new TfIdfVectorizer(1, 2, 3, TermWeighting.FrequencyTimesInverse, [0, 1], [4, 0], null, new ValueList<string>("a", "b", "c"), new ValueList<float>(1f, 2f)) with { Weighting = TermWeighting.Frequency }, ElementType.Float32, ["N", 5], Texts),
        Case(new TfIdfVectorizer(1, 1, 0, TermWeighting.InverseDocumentFrequency, [0], [1, 0], [7, 8], null, new ValueList<float>(1f, 2f)), ElementType.Float32, [2], Tensor.Vector(7L, 8L, 7L)),
    ];
}
