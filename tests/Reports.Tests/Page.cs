using System.Xml;
using System.Xml.Linq;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Tests;

/// <summary>A rendered page, read as the XML that it must be.</summary>
internal sealed class Page
{
    private Page(string text)
    {
        Text = text;
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        Root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
    }

    public string Text { get; }

    public XElement Root { get; }

    public IEnumerable<XElement> Figures => Root.Descendants("figure");

    public XElement Figure => Assert.Single(Figures);

    public static Page Of(Report report) => new(HtmlReport.Render(report));

    public static Page Of(params IReadOnlyList<ReportItem> items)
    {
        var report = new Report("Test");
        report.Add(new ReportSection("Section", "", items));
        return Of(report);
    }

    /// <summary>The texts in the figure's plot.</summary>
    public string[] PlotTexts => [.. Figure.Descendants("text").Select(text => text.Value)];
}
