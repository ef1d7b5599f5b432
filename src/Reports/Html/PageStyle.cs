using System.Reflection;

namespace Toolkit.Reports.Html;

/// <summary>The style sheet, which every page holds.</summary>
internal static class PageStyle
{
    public static string Css { get; } = Read();

    private static string Read()
    {
        const string Name = "report.css";
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"PageStyle: expected the style sheet '{Name}' in the assembly; build the project again.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
