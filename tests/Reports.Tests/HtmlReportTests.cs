using System.Text.RegularExpressions;
using System.Xml.Linq;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Tests;

public sealed partial class HtmlReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reports").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_page_of_every_kind_of_item_is_well_formed()
    {
        Page page = Page.Of(SampleReport.Create(SampleReport.EveryKind));
        Assert.Equal("html", page.Root.Name.LocalName);
        Assert.Equal(SampleReport.EveryKind.Count(item => item is not ReportText), page.Figures.Count());
    }

    [Fact]
    public void Every_kind_of_item_is_in_the_sample_and_rendered()
    {
        IEnumerable<Type> kinds = typeof(ReportItem).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ReportItem)));
        Assert.Equal(kinds.OrderBy(type => type.Name), SampleReport.EveryKind.Select(item => item.GetType()).Distinct().OrderBy(type => type.Name));
    }

    [Fact]
    public void All_text_is_escaped_and_arrives_as_it_was()
    {
        Page page = Page.Of(SampleReport.Create(SampleReport.EveryKind));
        Assert.DoesNotContain(page.Root.Descendants("b"), _ => true);
        Assert.DoesNotContain("<b>", page.Text, StringComparison.Ordinal);
        string text = page.Root.Value;
        foreach (string part in (string[])["Title", "Subtitle", "Notice", "Fact", "Value", "Section", "First", "Lines", "loss", "training", "Caption", "mark", "tick", "class", "Table", "Text"])
        {
            Assert.Contains($"{part} {SampleReport.Awkward}", text, StringComparison.Ordinal);
        }

        Assert.Contains("if (a < b && c > \"d\")", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_refers_to_nothing_outside_itself()
    {
        Page page = Page.Of(SampleReport.Create(SampleReport.EveryKind));
        Assert.DoesNotContain("http:", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Root.Descendants(), element => element.Name.LocalName is "script" or "iframe" or "object" or "embed");
        foreach (XAttribute attribute in page.Root.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "src" or "href"))
        {
            Assert.Matches("^(data:|#)", attribute.Value);
        }

        Assert.Contains(page.Root.Descendants("meta"), meta => ((string?)meta.Attribute("content"))?.StartsWith("default-src 'none'", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void A_web_address_in_a_text_stays_text()
    {
        Page page = Page.Of(new ReportText("See https://example.org/a?b=1&c=2."));
        Assert.Contains("See https://example.org/a?b=1&c=2.", page.Root.Value, StringComparison.Ordinal);
        Assert.Empty(page.Root.Descendants("a"));
    }

    [Fact]
    public void Equal_reports_give_equal_pages() =>
        Assert.Equal(HtmlReport.Render(SampleReport.Create(SampleReport.EveryKind)), HtmlReport.Render(SampleReport.Create(SampleReport.EveryKind)));

    [Fact]
    public void Identifiers_are_unique_and_every_reference_has_its_target()
    {
        Page page = Page.Of(SampleReport.Create(SampleReport.EveryKind));
        string[] ids = [.. page.Root.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        string[] references =
        [
            .. page.Root.Descendants("a").Select(link => ((string)link.Attribute("href")!)[1..]),
            .. page.Root.Descendants().Attributes("clip-path").Select(path => ClipReference().Match(path.Value).Groups["id"].Value),
        ];
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.Contains(reference, ids));
    }

    [Fact]
    public void Pictures_and_plots_say_what_they_show()
    {
        Page page = Page.Of(SampleReport.Create(SampleReport.EveryKind));
        Assert.All(page.Root.Descendants("img"), image => Assert.NotEmpty((string?)image.Attribute("alt") ?? ""));
        XElement[] plots = [.. page.Root.Descendants("svg").Where(svg => svg.Attribute("aria-hidden") is null)];
        Assert.Equal(7, plots.Length);
        Assert.All(plots, plot => Assert.Equal("img", (string?)plot.Attribute("role")));
        Assert.All(plots, plot => Assert.NotEmpty((string?)plot.Attribute("aria-label") ?? ""));
    }

    [Fact]
    public void Plots_take_every_colour_from_the_style_sheet()
    {
        Page page = Page.Of(SampleReport.Create(SampleReport.EveryKind));
        HashSet<string> defined = [.. Variable().Matches(page.Root.Descendants("style").Single().Value).Select(match => match.Groups["name"].Value)];
        IEnumerable<XAttribute> attributes = page.Root.Descendants("svg").DescendantsAndSelf().Attributes();
        Assert.DoesNotContain(attributes, attribute => attribute.Value.Contains("rgb(", StringComparison.Ordinal) || attribute.Value.Contains('#') && attribute.Name != "clip-path");
        string[] used = [.. attributes.SelectMany(attribute => VariableUse().Matches(attribute.Value)).Select(match => match.Groups["name"].Value).Distinct()];
        Assert.Contains("--series-0", used);
        Assert.All(used, name => Assert.Contains(name, defined));
    }

    [Fact]
    public void A_short_report_has_no_contents_and_a_long_one_links_its_sections()
    {
        Assert.Empty(Page.Of(new ReportText("short")).Root.Descendants("nav"));
        Page page = Page.Of(SampleReport.Create());
        Assert.Equal(["#s1", "#s2", "#s3"], page.Root.Descendants("nav").Single().Descendants("a").Select(link => (string?)link.Attribute("href")));
    }

    [Fact]
    public void Characters_that_no_page_may_hold_are_replaced()
    {
        Page page = Page.Of(new ReportText("a\0b\uD800c\u0007 \U0001F600"), LinePlotOf("\u0001 title"));
        Assert.Contains("a\uFFFDb\uFFFDc\uFFFD \U0001F600", page.Root.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_makes_a_file_of_the_page_in_UTF_8_without_a_mark()
    {
        string path = Path.Combine(_folder, "page.html");
        Report report = SampleReport.Create(SampleReport.EveryKind);
        HtmlReport.Write(path, report);
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal((byte)'<', bytes[0]);
        Assert.Equal(HtmlReport.Render(report), System.Text.Encoding.UTF8.GetString(bytes));
        Assert.Equal(["page.html"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    private static LinePlot LinePlotOf(string title) => new(title, title, title, PlotSeries.Of(title, [1, 2]), PlotSeries.Of("other", [1, 2]));

    [GeneratedRegex(@"url\(#(?<id>\w+)\)")]
    private static partial Regex ClipReference();

    [GeneratedRegex(@"(?<name>--[\w-]+):")]
    private static partial Regex Variable();

    [GeneratedRegex(@"var\((?<name>--[\w-]+)\)")]
    private static partial Regex VariableUse();
}
