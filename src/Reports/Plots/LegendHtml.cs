using System.Globalization;
using System.Text;
using Toolkit.Reports.Html;

namespace Toolkit.Reports.Plots;

/// <summary>A legend above a plot.</summary>
internal static class LegendHtml
{
    /// <summary>Lines, dashed or not.</summary>
    public static string Lines(IEnumerable<(string Name, int Color, bool IsDashed)> entries) =>
        List(22, entries.Select(entry => (entry.Name, $"<path d=\"M1 6H21\" style=\"stroke:{ThemeColors.SeriesVariable(entry.Color)}{(entry.IsDashed ? ";stroke-dasharray:5 3" : "")}\" />")));

    /// <summary>Round points.</summary>
    public static string Points(IEnumerable<(string Name, int Color)> entries) =>
        List(12, entries.Select(entry => (entry.Name, $"<circle cx=\"6\" cy=\"6\" r=\"4.5\" style=\"fill:{ThemeColors.SeriesVariable(entry.Color)}\" />")));

    /// <summary>Bars.</summary>
    public static string Squares(IEnumerable<(string Name, int Color)> entries) =>
        List(12, entries.Select(entry => (entry.Name, $"<rect x=\"0.5\" y=\"0.5\" width=\"11\" height=\"11\" rx=\"2\" style=\"fill:{ThemeColors.SeriesVariable(entry.Color)}\" />")));

    private static string List(int width, IEnumerable<(string Name, string Swatch)> entries)
    {
        (string Name, string Swatch)[] named = [.. entries.Where(entry => entry.Name.Length > 0)];
        if (named.Length < 2)
        {
            return "";
        }

        var html = new StringBuilder("<ul class=\"legend\">\n");
        foreach ((string name, string swatch) in named)
        {
            html.Append(CultureInfo.InvariantCulture, $"<li><svg viewBox=\"0 0 {width} 12\" style=\"width:{width}px\" aria-hidden=\"true\">{swatch}</svg>{HtmlText.Escape(name)}</li>\n");
        }

        return html.Append("</ul>\n").ToString();
    }
}
