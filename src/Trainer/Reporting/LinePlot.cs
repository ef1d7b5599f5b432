namespace Toolkit.Trainer.Reporting;

/// <summary>Curves over a common horizontal axis.</summary>
/// <param name="Title">The heading.</param>
/// <param name="XLabel">What the horizontal axis shows, with its unit; may be empty.</param>
/// <param name="YLabel">What the vertical axis shows, with its unit; may be empty.</param>
/// <param name="Series">The curves, each with points in the order in which they are joined.</param>
public sealed record LinePlot(string Title, string XLabel, string YLabel, params IReadOnlyList<PlotSeries> Series) : ReportItem
{
    /// <summary>The heading.</summary>
    public string Title { get; } = Figures.Named(nameof(LinePlot), Title);

    /// <summary>The curves.</summary>
    public IReadOnlyList<PlotSeries> Series { get; } = Figures.Some(nameof(LinePlot), Title, Series);

    /// <summary>How the horizontal axis places values.</summary>
    public AxisScale XScale { get; init; }

    /// <summary>How the vertical axis places values.</summary>
    public AxisScale YScale { get; init; }

    /// <summary>Places on the horizontal axis that are labelled instead of round numbers, such as dates; empty for round numbers.</summary>
    public IReadOnlyList<AxisTick> XTicks { get; init; } = [];

    /// <summary>Vertical lines with a label, such as the epoch of the best weights.</summary>
    public IReadOnlyList<AxisTick> XMarks { get; init; } = [];

    /// <summary>Horizontal lines with a label, such as a published figure.</summary>
    public IReadOnlyList<AxisTick> YMarks { get; init; } = [];
}
