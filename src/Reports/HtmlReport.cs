using System.Text;
using Toolkit.Numerics;
using Toolkit.Reports.Html;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports;

/// <summary>
/// Makes one HTML page of a report. The page holds everything that it shows, plots as SVG and pictures as PNG, and its content
/// security policy forbids it to load anything; it has no script. It follows the reader's light or dark scheme, and prints.
/// </summary>
public static class HtmlReport
{
    /// <summary>Renders the page. Equal reports give equal pages.</summary>
    /// <param name="report">What to show.</param>
    /// <returns>The page, which is well-formed as XML too.</returns>
    public static string Render(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new HtmlPage(report).ToString();
    }

    /// <summary>Renders the page into a file, in UTF-8. A crash leaves an older file whole.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="report">What to show.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Report report)
    {
        byte[] page = Encoding.UTF8.GetBytes(Render(report));
        AtomicFile.Write(path, stream => stream.Write(page));
    }
}
