using OxyPlot;

namespace Toolkit.Reports.Plots;

/// <summary>
/// Measures text for a reader's font that is not known here: widths are those of wide sans-serif fonts (DejaVu Sans, Verdana), so that labels
/// fit with every one.
/// </summary>
internal sealed class TextMeasurer : PdfRenderContext
{
    private const double LineHeight = 1.2;

    public TextMeasurer()
        : base(1, 1, OxyColors.Undefined)
    {
    }

    /// <summary>The width of a line of text in CSS pixels.</summary>
    public static double Width(string text, double fontSize = PlotSvg.FontSize) => fontSize * text.Sum(Advance);

    /// <inheritdoc/>
    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        if (string.IsNullOrEmpty(text))
        {
            return new OxySize(0, 0);
        }

        string[] lines = text.Split('\n');
        return new OxySize(lines.Max(line => Width(line, fontSize)), lines.Length * LineHeight * fontSize);
    }

    /// <summary>How far a character moves the pen, as a share of the font size.</summary>
    private static double Advance(char c) => c switch
    {
        'i' or 'j' or 'l' or 'I' or '\'' or '|' => 0.29,
        ' ' or '.' or ',' or ':' or ';' => 0.34,
        'f' or 'r' or 't' or '-' or '/' or '(' or ')' or '[' or ']' or '"' => 0.41,
        'm' or 'W' or '%' or '@' => 0.98,
        'w' or 'M' or 'O' or 'Q' or 'G' or 'D' or 'H' or 'N' or 'U' or '=' or '+' or '<' or '>' or '\u2212' => 0.84,
        'k' or 's' or 'c' or 'v' or 'x' or 'y' or 'z' or '_' => 0.58,
        >= 'A' and <= 'Z' => 0.69,
        < '\u2E80' => 0.64,
        _ => 1,
    };
}
