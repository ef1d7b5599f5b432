using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OxyPlot;
using Toolkit.Reports.Html;

namespace Toolkit.Reports.Plots;

/// <summary>The SVG of a plot, made fit to stand in a page beside others.</summary>
internal static partial class PlotSvg
{
    /// <summary>The family that the plot library is told of; the style sheet says which is used.</summary>
    public const string FontFamily = "Helvetica, Arial, sans-serif";

    public const double FontSize = 12;

    /// <summary>Draws the plot.</summary>
    /// <param name="drawing">The plot.</param>
    /// <param name="id">An identifier within the page; identifiers in the SVG begin with it.</param>
    public static string Render(Drawing drawing, string id)
    {
        var exporter = new SvgExporter { Width = drawing.Width, Height = drawing.Height, TextMeasurer = new TextMeasurer() };
        XElement svg = WithoutNamespace(XDocument.Parse(exporter.ExportToString(drawing.Model)).Root!);
        svg.RemoveAttributes();
        svg.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {drawing.Width} {drawing.Height}"));
        svg.SetAttributeValue("role", "img");
        svg.SetAttributeValue("aria-label", HtmlText.Clean(drawing.Description));
        Unclip(svg, drawing);
        Identify(svg, id);
        GatherPoints(svg);
        foreach (XElement text in svg.Descendants("text"))
        {
            Restyle(text);
        }

        foreach (XAttribute attribute in svg.DescendantsAndSelf().Attributes().Where(attribute => attribute.Name.LocalName is not ("href" or "aria-label" or "id" or "clip-path")))
        {
            attribute.Value = LongFraction().Replace(attribute.Value, match => Math.Round(double.Parse(match.ValueSpan, CultureInfo.InvariantCulture), 2).ToString(CultureInfo.InvariantCulture));
        }

        return ThemeColors.Resolve(svg.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>Inline SVG needs no namespace, and a page that has none shows at a glance that it loads nothing.</summary>
    private static XElement WithoutNamespace(XElement element) => new(
        element.Name.LocalName,
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => new XAttribute(attribute.Name.LocalName, attribute.Value)),
        element.Nodes().Select(node => node is XElement child ? WithoutNamespace(child) : node));

    /// <summary>Removes the groups that hold nothing or are clipped at the whole drawing, and the clipping paths that nothing needs then.</summary>
    private static void Unclip(XElement svg, Drawing drawing)
    {
        string width = drawing.Width.ToString(CultureInfo.InvariantCulture);
        string height = drawing.Height.ToString(CultureInfo.InvariantCulture);
        HashSet<string> whole = [.. svg.Descendants("clipPath")
            .Where(path => path.Element("rect") is { } rect && (string?)rect.Attribute("x") == "0" && (string?)rect.Attribute("y") == "0" && (string?)rect.Attribute("width") == width && (string?)rect.Attribute("height") == height)
            .Select(path => $"url(#{path.Attribute("id")!.Value})")];
        foreach (XElement group in svg.Descendants("g").Reverse().ToArray())
        {
            if (!group.HasElements)
            {
                group.Remove();
            }
            else if (whole.Contains((string?)group.Attribute("clip-path") ?? ""))
            {
                group.ReplaceWith(group.Nodes());
            }
        }

        HashSet<string> used = [.. svg.Descendants("g").Select(group => (string?)group.Attribute("clip-path") ?? "")];
        svg.Descendants("defs").Where(defs => defs.Elements("clipPath").All(path => !used.Contains($"url(#{path.Attribute("id")!.Value})"))).Remove();
    }

    /// <summary>Every plot of the library counts its clipping paths from 1; in one page they need names of their own.</summary>
    private static void Identify(XElement svg, string id)
    {
        int count = 0;
        foreach (XElement path in svg.Descendants("clipPath").ToArray())
        {
            string old = $"url(#{path.Attribute("id")!.Value})";
            string name = string.Create(CultureInfo.InvariantCulture, $"{id}c{++count}");
            path.SetAttributeValue("id", name);
            foreach (XElement group in svg.Descendants("g").Where(group => (string?)group.Attribute("clip-path") == old).ToArray())
            {
                group.SetAttributeValue("clip-path", $"url(#{name})");
            }
        }
    }

    /// <summary>Neighbouring points of one look share it in a group, since there may be thousands.</summary>
    private static void GatherPoints(XElement svg)
    {
        foreach (XElement parent in svg.Descendants("ellipse").Select(point => point.Parent!).Distinct().ToArray())
        {
            XElement? group = null;
            foreach (XElement element in parent.Elements().ToArray())
            {
                if (element.Name != "ellipse")
                {
                    group = null;
                    continue;
                }

                string style = (string?)element.Attribute("style") ?? "";
                var point = new XElement("circle", element.Attribute("cx"), element.Attribute("cy"), new XAttribute("r", element.Attribute("rx")!.Value));
                if (group is not null && (string?)group.Attribute("style") == style)
                {
                    group.Add(point);
                    element.Remove();
                }
                else
                {
                    group = new XElement("g", new XAttribute("style", style), point);
                    element.ReplaceWith(group);
                }
            }
        }
    }

    /// <summary>The style sheet says the fonts; what differs from it stays with the text.</summary>
    private static void Restyle(XElement text)
    {
        text.SetAttributeValue("font-family", null);
        if ((string?)text.Attribute("font-weight") == "400")
        {
            text.SetAttributeValue("font-weight", null);
        }

        string fill = (string?)text.Attribute("fill") ?? "";
        string size = (string?)text.Attribute("font-size") ?? "";
        text.SetAttributeValue("fill", null);
        text.SetAttributeValue("font-size", null);
        text.SetAttributeValue("style", size == FontSize.ToString(CultureInfo.InvariantCulture) ? $"fill:{fill}" : $"fill:{fill};font-size:{size}px");
        text.Value = text.Value.Replace('-', '\u2212') is var minus && IsNumber().IsMatch(text.Value) ? minus : text.Value;
    }

    [GeneratedRegex(@"\d+\.\d{3,}")]
    private static partial Regex LongFraction();

    [GeneratedRegex(@"^-?[\d.,]+(?:e-?\d+)?%?$")]
    private static partial Regex IsNumber();
}
