using System.Globalization;

namespace Toolkit.Reports.Html;

/// <summary>What a figure's colours mean: a bar from one colour to the other with its ends' values.</summary>
internal static class ColorBar
{
    public static string Diverging(double limit) => Bar("diverging", HtmlText.Number(-limit), "0", HtmlText.Number(limit));

    public static string Sequential(string first, string last) => Bar("sequential", first, "", last);

    private static string Bar(string kind, string first, string middle, string last) => string.Create(
        CultureInfo.InvariantCulture,
        $"<div class=\"colorbar\"><span>{HtmlText.Escape(first)}</span><i class=\"{kind}\"></i><span>{HtmlText.Escape(last)}</span></div>\n")
        .Replace("<i class=\"diverging\"></i>", $"<i class=\"diverging\" title=\"{middle} in the middle\"></i>", StringComparison.Ordinal);
}
