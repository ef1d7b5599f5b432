using System.Globalization;
using System.Text;
using Toolkit.Reports.Plots;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Html;

/// <summary>A section's items as HTML.</summary>
internal sealed class FigureHtml
{
    private int _number;

    public string Render(ReportItem item) => item switch
    {
        ReportText text => $"<div class=\"text\">\n{HtmlText.Paragraphs(text.Text)}</div>\n",
        ReportCode code => Figure(code, "", $"<pre tabindex=\"0\">{HtmlText.Escape(code.Text)}</pre>\n", "code"),
        ReportTable table => Figure(table, table.Title, TableHtml.Render(table, out string note), TableHtml.IsNarrow(table) ? "table" : "table wide", note),
        ImageGrid grid => Figure(grid, grid.Title, ImageGridHtml.Render(grid, out string note), "pictures", note),
        LinePlot plot => Figure(plot, plot.Title, LinePlotDrawing.Draw(plot)),
        ScatterPlot plot => Figure(plot, plot.Title, ScatterPlotDrawing.Draw(plot)),
        BarPlot plot => Figure(plot, plot.Title, BarPlotDrawing.Draw(plot)),
        Histogram plot => Figure(plot, plot.Title, HistogramDrawing.Draw(plot)),
        Heatmap plot => Figure(plot, plot.Title, HeatmapDrawing.Draw(plot)),
        DecisionBoundary plot => Figure(plot, plot.Title, DecisionBoundaryDrawing.Draw(plot)),
        _ => throw new ArgumentException($"HtmlReport: expected an item of a known kind, got {item.GetType().Name}.", nameof(item)),
    };

    private string Figure(ReportItem item, string title, Drawing drawing)
    {
        var content = new StringBuilder();
        if (drawing.Legend.Length > 0)
        {
            content.Append(drawing.Legend);
        }

        content.Append("<div class=\"plot\">").Append(PlotSvg.Render(drawing, string.Create(CultureInfo.InvariantCulture, $"f{_number + 1}"))).Append("</div>\n");
        return Figure(item, title, content.ToString(), drawing.Kind, drawing.Note);
    }

    private string Figure(ReportItem item, string title, string content, string kind, string note = "")
    {
        _number++;
        string width = item.IsWide && !kind.EndsWith(" wide", StringComparison.Ordinal) ? " wide" : "";
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<figure class=\"{kind}{width}\" id=\"f{_number}\">\n");
        if (title.Length > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h3>{HtmlText.Escape(title)}</h3>\n");
        }

        html.Append(content);
        string caption = string.Join(' ', new[] { item.Caption, note }.Where(text => text.Length > 0));
        if (caption.Length > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<figcaption>{HtmlText.Escape(caption)}</figcaption>\n");
        }

        return html.Append("</figure>\n").ToString();
    }
}
