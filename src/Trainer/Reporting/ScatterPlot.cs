namespace Toolkit.Trainer.Reporting;

/// <summary>Points in the plane, coloured by class.</summary>
/// <param name="Title">The heading.</param>
/// <param name="XLabel">What the horizontal axis shows, with its unit; may be empty.</param>
/// <param name="YLabel">What the vertical axis shows, with its unit; may be empty.</param>
/// <param name="Classes">The points by class; <see cref="PlotSeries.Color"/> chooses a class's colour.</param>
public sealed record ScatterPlot(string Title, string XLabel, string YLabel, params IReadOnlyList<PlotSeries> Classes) : ReportItem
{
    /// <summary>The heading.</summary>
    public string Title { get; } = Figures.Named(nameof(ScatterPlot), Title);

    /// <summary>The points by class.</summary>
    public IReadOnlyList<PlotSeries> Classes { get; } = Figures.Some(nameof(ScatterPlot), Title, Classes);

    /// <summary>Whether the line y = x is drawn, and both axes show the same range.</summary>
    public bool HasIdentityLine { get; init; }
}
