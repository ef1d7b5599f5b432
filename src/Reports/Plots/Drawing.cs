using OxyPlot;

namespace Toolkit.Reports.Plots;

/// <summary>A plot that is ready to be drawn.</summary>
/// <param name="Model">The plot.</param>
/// <param name="Kind">The figure's class in the style sheet.</param>
/// <param name="Description">What it shows, for readers who do not see it.</param>
internal sealed record Drawing(PlotModel Model, string Kind, string Description)
{
    /// <summary>The width of a plot that stands beside another, and of one that takes the whole page, in CSS pixels.</summary>
    public const int HalfWidth = 500;

    public const int FullWidth = 1040;

    public int Width { get; init; } = HalfWidth;

    public int Height { get; init; } = 310;

    /// <summary>The legend as HTML, so that long names wrap; may be empty.</summary>
    public string Legend { get; init; } = "";

    /// <summary>What the drawing leaves out; may be empty.</summary>
    public string Note { get; init; } = "";
}
