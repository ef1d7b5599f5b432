using System.Xml.Linq;
using Toolkit.Reports.Html;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Tests.Html;

public class TableTests
{
    [Fact]
    public void Columns_of_numbers_are_aligned_to_the_right()
    {
        Page page = Page.Of(new ReportTable("", ["name", "count", "share", "mixed"], ["a", "1,000", "3.5 %", "1"], ["7", "-2e-3", "", "x"]));
        Assert.Equal([null, "number", "number", null], page.Root.Descendants("th").Select(cell => (string?)cell.Attribute("class")));
        Assert.Equal("\u22122e-3", page.Root.Descendants("td").ElementAt(5).Value);
    }

    [Fact]
    public void Very_long_tables_are_cut_short_and_the_caption_says_so()
    {
        string[][] rows = [.. Enumerable.Range(0, 5000).Select(i => new[] { $"{i}" })];
        Page page = Page.Of(new ReportTable("", ["row"], rows));
        Assert.Equal(TableHtml.MaxRows, page.Root.Descendants("tbody").Single().Elements("tr").Count());
        Assert.Contains("The first 400 of 5,000 rows are shown.", page.Figure.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wide_table_takes_the_width_of_the_page()
    {
        string[] columns = [.. Enumerable.Range(0, 12).Select(i => $"column {i}")];
        Assert.Equal("table wide", (string?)Page.Of(new ReportTable("", columns, columns)).Figure.Attribute("class"));
        Assert.Equal("table", (string?)Page.Of(new ReportTable("", ["a", "b"], ["1", "2"])).Figure.Attribute("class"));
    }

    [Fact]
    public void Code_keeps_its_spaces_and_lines()
    {
        XElement code = Page.Of(new ReportCode("a  b\n  c")).Root.Descendants("pre").Single();
        Assert.Equal("a  b\n  c", code.Value);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.97774, "0.9777")]
    [InlineData(-12.3456, "\u221212.35")]
    [InlineData(1234567, "1.235e+6")]
    [InlineData(12345, "12,345")]
    [InlineData(0.0000123, "1.23e\u22125")]
    public void Numbers_have_the_digits_that_matter(double value, string text) => Assert.Equal(text, HtmlText.Number(value));
}
