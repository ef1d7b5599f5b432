using System.Globalization;
using System.Text;
using System.Xml;

namespace Toolkit.Reports.Html;

/// <summary>Text in a page.</summary>
internal static class HtmlText
{
    /// <summary>Escapes text for an element or for an attribute in double quotes. Characters that no page may hold become U+FFFD.</summary>
    public static string Escape(string text)
    {
        string clean = Clean(text);
        var escaped = new StringBuilder(clean.Length + 16);
        foreach (char c in clean)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>The same text, in which U+FFFD stands for characters that no page may hold: control characters and halves of pairs.</summary>
    public static string Clean(string text)
    {
        char[] characters = text.ToCharArray();
        for (int i = 0; i < characters.Length; i++)
        {
            if (char.IsHighSurrogate(characters[i]) && i + 1 < characters.Length && char.IsLowSurrogate(characters[i + 1]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(characters[i]))
            {
                characters[i] = '\uFFFD';
            }
        }

        return new string(characters);
    }

    /// <summary>Paragraphs of plain text, which empty lines separate; nothing for blank text.</summary>
    public static string Paragraphs(string text)
    {
        var html = new StringBuilder();
        string[] paragraphs = text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string paragraph in paragraphs)
        {
            html.Append("<p>").Append(Escape(paragraph)).Append("</p>\n");
        }

        return html.ToString();
    }

    /// <summary>A number as people read it: four digits that matter.</summary>
    public static string Number(double value)
    {
        double magnitude = Math.Abs(value);
        string format = magnitude switch
        {
            0 => "0",
            >= 1e6 or < 1e-4 => "0.###e+0",
            >= 1000 => "#,0",
            >= 100 => "0.#",
            >= 10 => "0.##",
            >= 1 => "0.###",
            _ => "0.####",
        };
        return value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212');
    }

    /// <summary>A count with thousands apart.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
