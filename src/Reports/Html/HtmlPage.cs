using System.Globalization;
using System.Text;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Html;

/// <summary>The page around the figures: head, title, facts, contents, sections.</summary>
internal sealed class HtmlPage
{
    /// <summary>From so many sections on, a page has a table of contents.</summary>
    private const int ContentsFrom = 3;

    /// <summary>A value longer than this has a line of its own in the table of facts.</summary>
    private const int LongFact = 44;

    /// <summary>A value longer than this takes two places.</summary>
    private const int MediumFact = 17;

    private readonly StringBuilder _html = new();
    private readonly FigureHtml _figures = new();

    public HtmlPage(Report report)
    {
        bool hasContents = report.Sections.Count >= ContentsFrom;
        Head(report);
        _html.Append("<body>\n").Append(hasContents ? "<div class=\"page with-contents\">\n" : "<div class=\"page\">\n");
        if (hasContents)
        {
            Contents(report);
        }

        _html.Append("<main>\n");
        Opening(report);
        for (int index = 0; index < report.Sections.Count; index++)
        {
            Section(report.Sections[index], index + 1);
        }

        _html.Append("</main>\n</div>\n</body>\n</html>\n");
    }

    public override string ToString() => _html.ToString();

    private void Head(Report report)
    {
        string title = HtmlText.Escape(report.Title);
        _html.Append($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <meta name="generator" content="Toolkit" />
            <link rel="icon" href="data:," />
            <title>{title}</title>
            <style>
            {PageStyle.Css}</style>
            </head>

            """.ReplaceLineEndings("\n"));
    }

    private void Contents(Report report)
    {
        _html.Append("<nav aria-label=\"Contents\">\n<ol>\n");
        for (int index = 0; index < report.Sections.Count; index++)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#s{index + 1}\">{HtmlText.Escape(report.Sections[index].Title)}</a></li>\n");
        }

        _html.Append("</ol>\n</nav>\n");
    }

    private void Opening(Report report)
    {
        _html.Append(CultureInfo.InvariantCulture, $"<header>\n<h1>{HtmlText.Escape(report.Title)}</h1>\n");
        if (report.Subtitle.Length > 0)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<p class=\"subtitle\">{HtmlText.Escape(report.Subtitle)}</p>\n");
        }

        if (report.Notice.Length > 0)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<p class=\"notice\" role=\"note\">{HtmlText.Escape(report.Notice)}</p>\n");
        }

        if (report.Facts.Count > 0)
        {
            _html.Append("<dl class=\"facts\">\n");
            foreach (ReportFact fact in report.Facts)
            {
                string kind = fact.Value.Length > LongFact ? " class=\"long\"" : fact.Value.Length > MediumFact ? " class=\"medium\"" : "";
                _html.Append(CultureInfo.InvariantCulture, $"<div{kind}><dt>{HtmlText.Escape(fact.Name)}</dt><dd>{HtmlText.Escape(fact.Value)}</dd></div>\n");
            }

            _html.Append("</dl>\n");
        }

        _html.Append("</header>\n");
    }

    private void Section(ReportSection section, int number)
    {
        _html.Append(CultureInfo.InvariantCulture, $"<section id=\"s{number}\">\n<h2>{HtmlText.Escape(section.Title)}</h2>\n{HtmlText.Paragraphs(section.Text)}");
        if (section.Items.Count > 0)
        {
            _html.Append("<div class=\"items\">\n");
            foreach (ReportItem item in section.Items)
            {
                _html.Append(_figures.Render(item));
            }

            _html.Append("</div>\n");
        }

        _html.Append("</section>\n");
    }
}
