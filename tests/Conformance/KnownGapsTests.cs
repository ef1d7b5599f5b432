namespace Toolkit.Conformance.Tests;

public sealed class KnownGapsTests
{
    [Fact]
    public void A_line_is_a_kind_and_a_case_and_a_reason()
    {
        IReadOnlyDictionary<string, GapKind> gaps = KnownGaps.Parse("x", ["# comment", "refused node/test_a: it has no kernel", "varies node/test_b: draws of a generator"]);

        Assert.Equal([KeyValuePair.Create("node/test_a", GapKind.Refused), KeyValuePair.Create("node/test_b", GapKind.Varies)], gaps);
    }

    [Theory]
    [InlineData("refused node/test_a")]
    [InlineData("refused node/test_a: no")]
    [InlineData("passes node/test_a: for no good reason")]
    [InlineData("refused test_a: without a category")]
    public void Other_lines_are_refused(string line) => Assert.Throws<FormatException>(() => KnownGaps.Parse("x", [line]));

    [Fact]
    public void Lines_are_sorted_and_unique()
    {
        const string line = "refused node/test_b: it has no kernel";

        Assert.Throws<FormatException>(() => KnownGaps.Parse("x", [line, line]));
        Assert.Throws<FormatException>(() => KnownGaps.Parse("x", [line, line.Replace("test_b", "test_a", StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData(CaseFolder.Newest, "managed")]
    [InlineData(CaseFolder.Newest, "ort")]
    [InlineData(CaseFolder.Older, "managed")]
    [InlineData(CaseFolder.Older, "ort")]
    public void Every_file_can_be_read(string set, string backend) => Assert.NotEmpty(KnownGaps.Of(set, backend).Gaps);
}
