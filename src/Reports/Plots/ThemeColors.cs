using System.Globalization;
using System.Text.RegularExpressions;
using OxyPlot;

namespace Toolkit.Reports.Plots;

/// <summary>
/// Colours that the style sheet fills in, so that a plot follows the reader's light or dark scheme. The plot library sees
/// placeholders, rgb(1,2,n), which become CSS variables in the SVG; no other colour is used in plots.
/// </summary>
internal static partial class ThemeColors
{
    /// <summary>The number of colours for series; further series begin again.</summary>
    public const int SeriesCount = 10;

    private const byte FirstSeries = 16;

    private static readonly string[] Names = ["ink", "muted", "grid", "axis", "card", "on-heat"];

    public static OxyColor Ink { get; } = Placeholder(0);

    public static OxyColor Muted { get; } = Placeholder(1);

    public static OxyColor Grid { get; } = Placeholder(2);

    public static OxyColor Axis { get; } = Placeholder(3);

    public static OxyColor Card { get; } = Placeholder(4);

    public static OxyColor OnHeat { get; } = Placeholder(5);

    public static OxyColor Series(int number) => Placeholder((byte)(FirstSeries + SeriesIndex(number)));

    public static string SeriesVariable(int number) => string.Create(CultureInfo.InvariantCulture, $"var(--series-{SeriesIndex(number)})");

    /// <summary>Puts the variables into an SVG's text.</summary>
    public static string Resolve(string svg) => PlaceholderText().Replace(svg, match =>
    {
        int number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return number >= FirstSeries ? SeriesVariable(number - FirstSeries) : $"var(--{Names[number]})";
    });

    private static int SeriesIndex(int number) => ((number % SeriesCount) + SeriesCount) % SeriesCount;

    private static OxyColor Placeholder(byte number) => OxyColor.FromRgb(1, 2, number);

    [GeneratedRegex(@"rgb\(1,2,(?<number>\d+)\)")]
    private static partial Regex PlaceholderText();
}
