using System.Globalization;
using System.Text;
using Toolkit.Reports.Plots;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Html;

/// <summary>A table of text cells.</summary>
internal static class TableHtml
{
    /// <summary>Rows beyond this are left out, and the note says so.</summary>
    public const int MaxRows = 400;

    /// <summary>What a table beside another figure has room for, in CSS pixels, and what a cell's padding takes.</summary>
    private const double NarrowWidth = 470;

    private const double Padding = 20;

    private const double FontSize = 14;

    /// <summary>Whether a table may stand beside another figure without scrolling.</summary>
    public static bool IsNarrow(ReportTable table)
    {
        double width = 0;
        for (int column = 0; column < table.Columns.Count; column++)
        {
            width += Padding + TextMeasurer.Width(table.Rows.Select(row => row[column]).Append(table.Columns[column]).MaxBy(text => text.Length)!, FontSize);
        }

        return width <= NarrowWidth;
    }

    public static string Render(ReportTable table, out string note)
    {
        IReadOnlyList<string>[] rows = [.. table.Rows.Take(MaxRows)];
        note = table.Rows.Count > MaxRows ? $"The first {HtmlText.Count(MaxRows)} of {HtmlText.Count(table.Rows.Count)} rows are shown." : "";
        string[] kinds = [.. Enumerable.Range(0, table.Columns.Count).Select(column => IsNumeric(rows, column) ? " class=\"number\"" : "")];
        var html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead><tr>");
        for (int column = 0; column < kinds.Length; column++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{kinds[column]}>{HtmlText.Escape(table.Columns[column])}</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            html.Append("<tr>");
            for (int column = 0; column < kinds.Length; column++)
            {
                string cell = kinds[column].Length > 0 && row[column].StartsWith('-') ? $"\u2212{row[column][1..]}" : row[column];
                html.Append(CultureInfo.InvariantCulture, $"<td{kinds[column]}>{HtmlText.Escape(cell)}</td>");
            }

            html.Append("</tr>\n");
        }

        return html.Append("</tbody>\n</table>\n</div>\n").ToString();
    }

    /// <summary>Whether a column holds numbers, with units or signs behind them or not, and at least one.</summary>
    private static bool IsNumeric(IReadOnlyList<string>[] rows, int column)
    {
        bool hasNumber = false;
        foreach (IReadOnlyList<string> row in rows)
        {
            string cell = row[column].Trim();
            if (cell is "" or "-" or "–")
            {
                continue;
            }

            string number = cell.Replace('\u2212', '-').Split(' ')[0].TrimEnd('%');
            if (cell.Count(c => c == ' ') > 1 || !double.TryParse(number, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }

            hasNumber = true;
        }

        return hasNumber;
    }
}
