using System.Globalization;
using System.Text;
using Toolkit.Reports.Images;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Html;

/// <summary>Small pictures in rows, each a PNG of its own, so that each has its text and all flow with the page's width.</summary>
internal static class ImageGridHtml
{
    /// <summary>Pictures beyond this are left out, and the note says so.</summary>
    public const int MaxImages = 144;

    /// <summary>The side to which small pictures are enlarged, in CSS pixels; by a whole factor, so that pixels stay square.</summary>
    private const int Side = 84;

    /// <summary>The width of a picture with a label of more than a number, in CSS pixels.</summary>
    private const int LabelWidth = 96;

    public static string Render(ImageGrid grid, out string note)
    {
        ReportImage[] images = [.. grid.Images.Take(MaxImages)];
        note = grid.Images.Count > MaxImages ? $"The first {HtmlText.Count(MaxImages)} of {HtmlText.Count(grid.Images.Count)} pictures are shown." : "";
        int zoom = Math.Max(1, Side / Math.Max(images[0].Width, images[0].Height));
        int width = images[0].Width * zoom;
        int height = images[0].Height * zoom;
        double limit = grid.Scale == ImageScale.Diverging ? PixelScale.LargestMagnitude(images) : 1;
        bool hasLongLabels = images.Any(image => image.Label.Length > 6);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"tiles\" style=\"--tile:{Math.Max(width, hasLongLabels ? LabelWidth : 48)}px\">\n");
        foreach (ReportImage image in images)
        {
            string label = HtmlText.Escape(image.Label);
            string alternative = label.Length > 0 ? label.Replace("\n", ", ", StringComparison.Ordinal) : HtmlText.Escape(grid.Title);
            string source = Convert.ToBase64String(PixelScale.ToPng(image, grid.Scale, limit));
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><img src=\"data:image/png;base64,{source}\" width=\"{width}\" height=\"{height}\" alt=\"{alternative}\" />");
            if (label.Length > 0)
            {
                html.Append(CultureInfo.InvariantCulture, $"<span>{label}</span>");
            }

            html.Append("</div>\n");
        }

        html.Append("</div>\n");
        return grid.Scale == ImageScale.Diverging ? html.Append(ColorBar.Diverging(limit)).ToString() : html.ToString();
    }
}
