using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of operators on texts, and of operators that move texts as they move numbers.</summary>
internal static class TextCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Strings(), .. Normalizers(), .. Expressions(), .. Grams(), .. Moves(), .. Casts()];

    private static IEnumerable<OperatorCase> Strings()
    {
        yield return new("StringConcat", new O.StringConcat(), [Tensor.Vector("a", "b", ""), Tensor.Vector("x", "", "z")], Tensor.Vector("ax", "b", "z"));
        yield return new("StringConcat broadcasts", new O.StringConcat(), [Tensor.From([2, 1], "a", "b"), Tensor.Vector("x", "y")], Tensor.From([2, 2], "ax", "ay", "bx", "by"));
        yield return Split("StringSplit", ",", null, Tensor.Vector("a,b", "", "c,,d,"), Tensor.From([3, 4], "a", "b", "", "", "", "", "", "", "c", "", "d", ""), [2, 1, 4]) with { OnnxRuntimeGap = "an empty text has no part there, and one in the definition" };
        yield return Split("StringSplit at a longer delimiter", "--", null, Tensor.Vector("a--b-c", "--d"), Tensor.From([2, 2], "a", "b-c", "", "d"), [2, 2]);
        yield return Split("StringSplit at white space", "", null, Tensor.From([2, 1], "  a  b c ", "d"), Tensor.From([2, 1, 3], "a", "b", "c", "d", "", ""), [3, 1]);
        yield return Split("StringSplit with a limit", ",", 1, Tensor.Vector("a,b,c", "d"), Tensor.From([2, 2], "a", "b,c", "d", ""), [2, 1]);
        yield return Split("StringSplit at white space with a limit", "", 1, Tensor.Vector("a b  c", "d"), Tensor.From([2, 2], "a", "b  c", "d", ""), [2, 1]);
        yield return Split("StringSplit of nothing", ",", null, new Tensor<string>([0]), new Tensor<string>([0, 0]), []);
    }

    private static OperatorCase Split(string name, string delimiter, long? limit, Tensor x, Tensor parts, long[] counts) =>
        new(name, new O.StringSplit(delimiter, limit), [x], parts) { Others = [Tensor.From(x.Shape, counts)] };

    private static IEnumerable<OperatorCase> Normalizers()
    {
        Tensor days = Tensor.Vector("Monday", "tuesday", "Wednesday", "MONDAY");
        yield return new("StringNormalizer", new O.StringNormalizer(), [days], days);
        yield return new("StringNormalizer to lower", new O.StringNormalizer(O.CaseChange.Lower, Locale: "en_US.UTF-8"), [Tensor.From([1, 2], "ÄB", "c")], Tensor.From([1, 2], "äb", "c")) { OnnxRuntimeGap = "takes only the locales that the machine has" };
        yield return new("StringNormalizer with stop words", new O.StringNormalizer(O.CaseChange.Upper, false, "C", new ValueList<string>("monday")), [days], Tensor.Vector("TUESDAY", "WEDNESDAY"));
        yield return new("StringNormalizer with stop words in their case", new O.StringNormalizer(O.CaseChange.Upper, true, "C", new ValueList<string>("Monday")), [days], Tensor.Vector("TUESDAY", "WEDNESDAY", "MONDAY"));
        yield return new("StringNormalizer to nothing", new O.StringNormalizer(Locale: "C", StopWords: new ValueList<string>("a")), [Tensor.From([1, 2], "a", "A")], Tensor.From([1, 1], ""));
        yield return new("StringNormalizer in Turkish", new O.StringNormalizer(O.CaseChange.Upper, Locale: "tr_TR"), [Tensor.Vector("iı")], Tensor.Vector("İI")) { OnnxRuntimeGap = "takes only the locales that the machine has" };
    }

    private static IEnumerable<OperatorCase> Expressions()
    {
        yield return new("RegexFullMatch", new O.RegexFullMatch(@"\d{3}-[a-z]+"), [Tensor.From([2, 2], "123-ab", "12-ab", "123-", "123-abC")], Tensor.From([2, 2], true, false, false, false));
        yield return new("RegexFullMatch in any case", new O.RegexFullMatch("(?i)stra(ss|ß)e"), [Tensor.Vector("STRASSE", "Straße", "strase")], Tensor.Vector(true, true, false));
    }

    private static IEnumerable<OperatorCase> Grams()
    {
        // 1-grams 2, 3, 5, 4; 2-grams (5, 6), (7, 8), (6, 7).
        var op = new O.TfIdfVectorizer(1, 2, 0, O.TermWeighting.Frequency, [0, 4], [0, 1, 2, 3, 4, 5, 6], [2, 3, 5, 4, 5, 6, 7, 8, 6, 7]);
        Tensor row = Tensor.Vector(1L, 1L, 3L, 3L, 3L, 7L, 8L, 6L, 7L, 5L, 6L, 8L);
        yield return new("TfIdfVectorizer", op, [row], Tensor.Vector(0f, 3, 1, 0, 1, 1, 1));
        yield return new("TfIdfVectorizer of pairs alone", op with { MinGramLength = 2 }, [row], Tensor.Vector(0f, 0, 0, 0, 1, 1, 1));
        yield return new("TfIdfVectorizer with skips", op with { MinGramLength = 2, MaxSkipCount = 5 }, [row], Tensor.Vector(0f, 0, 0, 0, 1, 3, 1));
        yield return new("TfIdfVectorizer of rows", op with { MaxSkipCount = 1 }, [Tensor.From([3, 4], 5, 6, 5, 6, 7, 7, 8, 2, 9, 9, 9, 9)], Tensor.From([3, 7], 0f, 0, 2, 0, 2, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0));
        var weights = new ValueList<float>(1f, 2, 3, 4, 5, 6, 7);
        yield return new("TfIdfVectorizer IDF", op with { Weighting = O.TermWeighting.InverseDocumentFrequency, Weights = weights }, [row], Tensor.Vector(0f, 2, 3, 0, 5, 6, 7));
        yield return new("TfIdfVectorizer TFIDF", op with { Weighting = O.TermWeighting.FrequencyTimesInverse, Weights = weights }, [row], Tensor.Vector(0f, 6, 3, 0, 5, 6, 7));
        yield return new("TfIdfVectorizer IDF without weights", op with { Weighting = O.TermWeighting.InverseDocumentFrequency }, [row], Tensor.Vector(0f, 1, 1, 0, 1, 1, 1));
        var words = new O.TfIdfVectorizer(1, 3, 1, O.TermWeighting.FrequencyTimesInverse, [0, 2, 2], [2, 0, 1], null, new ValueList<string>("b", "a", "a", "b", "c"), new ValueList<float>(10f, 20, 30));
        yield return new("TfIdfVectorizer of words out of order", words, [Tensor.From([2, 5], "a", "b", "c", "b", "x", "a", "x", "b", "x", "c")], Tensor.From([2, 3], 20f, 30, 20, 20, 30, 10));
    }

    private static IEnumerable<OperatorCase> Moves()
    {
        Tensor x = Tensor.From([2, 3], "a", "b", "c", "d", "e", "f");
        Tensor column = Tensor.From([2, 1], "x", "y");
        yield return Move("Compress", new O.Compress(1), [x, Tensor.Vector(true, false, true)], Tensor.From([2, 2], "a", "c", "d", "f"));
        yield return Move("Concat", new O.Concat(1), [x, column], Tensor.From([2, 4], "a", "b", "c", "x", "d", "e", "f", "y"));
        yield return Move("Constant", new O.Constant(x), [], x);
        yield return Move("Expand", new O.Expand(), [column, Tensor.Vector(1L, 2L)], Tensor.From([2, 2], "x", "x", "y", "y"));
        yield return Move("Flatten", new O.Flatten(0), [x], x.Reshape([1, 6]));
        yield return Move("Gather", new O.Gather(1), [x, Tensor.Vector(-1L, 0L)], Tensor.From([2, 2], "c", "a", "f", "d"));
        yield return Move("GatherElements", new O.GatherElements(0), [x, Tensor.From([1, 3], 1L, 0L, -1L)], Tensor.From([1, 3], "d", "b", "f"));
        yield return Move("GatherND", new O.GatherND(), [x, Tensor.From([2, 2], 0L, 1L, 1L, 2L)], Tensor.Vector("b", "f"));
        yield return Move("Identity", new O.Identity(), [x], x);
        yield return Move("NonZero", new O.NonZero(), [Tensor.Vector("a", "", "b")], Tensor.From([1, 2], 0L, 2L)) with { OnnxRuntimeGap = "has no kernel for strings" };
        yield return Move("OneHot", new O.OneHot(), [Tensor.Vector(1L, 0L), Tensor.Scalar(2L), Tensor.Vector("no", "yes")], Tensor.From([2, 2], "no", "yes", "yes", "no"));
        yield return Move("Pad", new O.Pad(), [column, Tensor.Vector(0L, 1L, 0L, 0L), Tensor.Scalar("-")], Tensor.From([2, 2], "-", "x", "-", "y")) with { OnnxRuntimeGap = "has no kernel for strings" };
        yield return Move("Pad with the default", new O.Pad(), [Tensor.Vector("x"), Tensor.Vector(1L, 0L)], Tensor.Vector("", "x")) with { OnnxRuntimeGap = "has no kernel for strings" };
        yield return Move("Reshape", new O.Reshape(), [x, Tensor.Vector(3L, 2L)], x.Reshape([3, 2]));
        yield return Move("ReverseSequence", new O.ReverseSequence(0, 1), [x, Tensor.Vector(3L, 2L)], Tensor.From([2, 3], "c", "b", "a", "e", "d", "f"));
        yield return Move("ScatterElements", new O.ScatterElements(1), [x, Tensor.From([2, 1], 2L, 0L), column], Tensor.From([2, 3], "a", "b", "x", "y", "e", "f"));
        yield return Move("ScatterND", new O.ScatterND(), [x, Tensor.From([1, 2], 1L, 1L), Tensor.Vector("!")], Tensor.From([2, 3], "a", "b", "c", "d", "!", "f"));
        yield return Move("Shape", new O.Shape(), [x], Tensor.Vector(2L, 3L));
        yield return Move("Size", new O.Size(), [x], Tensor.Scalar(6L));
        yield return Move("Slice", new O.Slice(), [x, Tensor.Vector(2L), Tensor.Vector(-4L), Tensor.Vector(1L), Tensor.Vector(-2L)], Tensor.From([2, 2], "c", "a", "f", "d"));
        yield return Move("Split", new O.Split(1), [x, Tensor.Vector(1L, 2L)], Tensor.From([2, 1], "a", "d")) with { Others = [Tensor.From([2, 2], "b", "c", "e", "f")] };
        yield return Move("Squeeze", new O.Squeeze(), [column, Tensor.Vector(1L)], Tensor.Vector("x", "y"));
        yield return Move("Tile", new O.Tile(), [column, Tensor.Vector(1L, 2L)], Tensor.From([2, 2], "x", "x", "y", "y"));
        yield return Move("Transpose", new O.Transpose(), [x], Tensor.From([3, 2], "a", "d", "b", "e", "c", "f"));
        yield return Move("Trilu", new O.Trilu(), [Tensor.From([2, 2], "a", "b", "c", "d")], Tensor.From([2, 2], "a", "b", "", "d")) with { OnnxRuntimeGap = "has no kernel for strings" };
        yield return Move("Unique", new O.Unique(), [Tensor.Vector("b", "a", "b", "B")], Tensor.Vector("B", "a", "b")) with { Others = [Tensor.Vector(3L, 1L, 0L), Tensor.Vector(2L, 1L, 2L, 0L), Tensor.Vector(1L, 1L, 2L)] };
        yield return Move("Unsqueeze", new O.Unsqueeze(), [column, Tensor.Vector(0L)], column.Reshape([1, 2, 1]));
        yield return Move("Where", new O.Where(), [Tensor.From([2, 1], true, false), x, Tensor.Scalar("?")], Tensor.From([2, 3], "a", "b", "c", "?", "?", "?"));
        yield return Move("DepthToSpace", new O.DepthToSpace(2), [Tensor.From([1, 4, 1, 1], "a", "b", "c", "d")], Tensor.From([1, 1, 2, 2], "a", "b", "c", "d")) with { OnnxRuntimeGap = "has no kernel for strings" };
        yield return Move("SpaceToDepth", new O.SpaceToDepth(2), [Tensor.From([1, 1, 2, 2], "a", "b", "c", "d")], Tensor.From([1, 4, 1, 1], "a", "b", "c", "d")) with { OnnxRuntimeGap = "has no kernel for strings" };
    }

    private static OperatorCase Move(string name, Operator op, Tensor?[] inputs, Tensor expected) => new($"{name} of texts", op, inputs, expected);

    private static IEnumerable<OperatorCase> Casts()
    {
        Tensor special = Tensor.Vector("+INF", "inf", "-Inf", "nan", "1E8", "-2.5e-1");
        double[] numbers = [double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e8, -0.25];
        yield return new("Cast special texts to float32", new O.Cast(ElementType.Float32), [special], Elements.From(ElementType.Float32, [6], numbers));
        yield return new("Cast special texts to float64", new O.Cast(ElementType.Float64), [special], Elements.From(ElementType.Float64, [6], numbers));
        yield return new("Cast texts to float16", new O.Cast(ElementType.Float16), [Tensor.Vector("1.5", "-INF")], Tensor.Vector((Half)1.5f, Half.NegativeInfinity));
        yield return new("Cast texts to bfloat16", new O.Cast(ElementType.BFloat16), [Tensor.Vector("1.5", "-3")], Tensor.Vector((BFloat16)1.5f, (BFloat16)(-3f)));
        yield return new("Cast texts to bool", new O.Cast(ElementType.Bool), [Tensor.Vector("1", "0", "True", "false")], Tensor.Vector(true, false, true, false)) { OnnxRuntimeGap = "reads texts as integers" };
        yield return new("Cast texts to int64", new O.Cast(ElementType.Int64), [Tensor.Vector("12", "-9223372036854775808")], Tensor.Vector(12L, long.MinValue));
        yield return new("Cast fractions in texts to int32", new O.Cast(ElementType.Int32), [Tensor.Vector("100.5", "-2.7", "1e3")], Tensor.Vector(100, -2, 1000)) { OnnxRuntimeGap = "reads the digits before the point or exponent" };
        yield return new("Cast float32 to texts", new O.Cast(ElementType.String), [Tensor.Vector(0.1f, 1e10f, 1.5e-7f, float.NaN, float.PositiveInfinity, float.NegativeInfinity)], Tensor.Vector("0.1", "10000000000", "0.00000015", "NaN", "INF", "-INF")) { OnnxRuntimeGap = "writes exponents, and texts of a fixed number of digits" };
        yield return new("Cast float64 to texts", new O.Cast(ElementType.String), [Tensor.Vector(314.15926, -1e20, 1e-5)], Tensor.Vector("314.15926", "-100000000000000000000", "0.00001")) { OnnxRuntimeGap = "writes exponents, and texts of a fixed number of digits" };
        yield return new("Cast bfloat16 to texts", new O.Cast(ElementType.String), [Tensor.Vector((BFloat16)1.5f, (BFloat16)(-2f))], Tensor.Vector("1.5", "-2"));
        yield return new("Cast bool to texts", new O.Cast(ElementType.String), [Tensor.Vector(true, false)], Tensor.Vector("True", "False")) { OnnxRuntimeGap = "writes 1 and 0" };
        yield return new("CastLike of texts", new O.CastLike(), [Tensor.Vector("12"), Tensor.Scalar(0f)], Tensor.Vector(12f));
    }
}
