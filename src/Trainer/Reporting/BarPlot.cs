namespace Toolkit.Trainer.Reporting;

/// <summary>A bar a category; with several series, bars side by side.</summary>
/// <param name="Title">The heading.</param>
/// <param name="ValueLabel">What the bars' length shows, with its unit; may be empty.</param>
/// <param name="Categories">The categories' names.</param>
/// <param name="Series">The bars, each series with a value a category.</param>
public sealed record BarPlot(string Title, string ValueLabel, IReadOnlyList<string> Categories, params IReadOnlyList<BarSeries> Series) : ReportItem
{
    /// <summary>The heading.</summary>
    public string Title { get; } = Figures.Named(nameof(BarPlot), Title);

    /// <summary>The categories' names.</summary>
    public IReadOnlyList<string> Categories { get; } = Figures.AllThere(nameof(BarPlot), Categories);

    /// <summary>The bars.</summary>
    /// <exception cref="ArgumentException">A series has another number of values than there are categories.</exception>
    public IReadOnlyList<BarSeries> Series { get; } = Check(Title, Categories, Series);

    /// <summary>What the categories are: <c>hour of the day</c>; may be empty.</summary>
    public string CategoryLabel { get; init; } = "";

    private static IReadOnlyList<BarSeries> Check(string title, IReadOnlyList<string> categories, IReadOnlyList<BarSeries> series)
    {
        Figures.Some(nameof(BarPlot), title, series);
        foreach (BarSeries bars in series)
        {
            if (bars.Values.Count != categories.Count)
            {
                throw new ArgumentException($"BarPlot '{title}': expected {categories.Count} values in series '{bars.Name}' as there are categories, got {bars.Values.Count}.", nameof(series));
            }
        }

        return series;
    }
}
