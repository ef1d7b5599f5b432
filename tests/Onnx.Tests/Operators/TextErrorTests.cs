using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>Operators on texts whose attributes or inputs contradict their definitions are refused, by a message that says what was got.</summary>
public class TextErrorTests
{
    private static readonly ValueInfo Numbers = new("x", ElementType.Int64, new SymbolicShape(4));
    private static readonly TfIdfVectorizer Grams = new(1, 2, 0, TermWeighting.Frequency, [0, 2], [0, 1, 2], [7, 8, 5, 6]);

    public static TheoryData<string> Names => [.. Broken.Keys];

    private static Dictionary<string, (TfIdfVectorizer Op, string Message)> Broken => new()
    {
        ["starts out of order"] = (Grams with { Starts = [2, 0] }, "'ngram_counts' that ascend within a pool of 4 and leave whole 1-grams, got [2,0]"),
        ["starts behind the pool"] = (Grams with { Starts = [0, 9] }, "'ngram_counts' that ascend"),
        ["a negative start"] = (Grams with { Starts = [-1, 2] }, "start of the 1-grams"),
        ["half an n-gram"] = (Grams with { Starts = [0, 1] }, "whole 2-grams, got [0,1]"),
        ["a negative place"] = (Grams with { Places = [0, -1, 2] }, "got 3 from -1 to 2"),
        ["a place that overflows"] = (Grams with { Places = [0, long.MaxValue, 2] }, "3 places from 0 on"),
        ["a missing place"] = (Grams with { Places = [0, 1] }, "3 places from 0 on, one for each n-gram of the pool, got 2"),
        ["lengths out of order"] = (Grams with { MinGramLength = 3 }, "got 3, 2 and 0"),
        ["a negative skip"] = (Grams with { MaxSkipCount = -1 }, "got 1, 2 and -1"),
        ["missing weights"] = (Grams with { Weights = new ValueList<float>(1f), Weighting = TermWeighting.InverseDocumentFrequency }, "'weights' of 3 numbers"),
        ["two pools"] = (Grams with { Strings = new ValueList<string>("a") }, "either 'pool_int64s' or 'pool_strings'"),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_vectorizer_with_lists_that_do_not_fit_is_refused(string name) => Refused(Broken[name].Op, Broken[name].Message, Numbers);

    [Fact]
    public void A_vectorizer_takes_the_type_of_its_pool() => Refused(Grams, "int32 or int64, got String", new ValueInfo("x", ElementType.String, new SymbolicShape(4)));

    [Fact]
    public void A_vectorizer_takes_a_row_or_rows() => Refused(Grams, "[C] or [N, C], got [1,2,3]", new ValueInfo("x", ElementType.Int64, new SymbolicShape(1, 2, 3)));

    [Fact]
    public void A_normalizer_of_texts_takes_one_row() => Refused(new StringNormalizer(), "[C] or [1, C], got [2,3]", new ValueInfo("x", ElementType.String, new SymbolicShape(2, 3)));

    [Fact]
    public void Texts_are_no_numbers() => Refused(new StringSplit(","), "expected elements of a type in String", Numbers);

    private static void Refused(Operator op, string message, params object[] inputs) =>
        Assert.Contains(message, Assert.Throws<OnnxModelException>(() => ShapeInference.Run(new OperatorCase(op, inputs, ElementType.Float32, new SymbolicShape()).Model())).Message, StringComparison.Ordinal);
}
