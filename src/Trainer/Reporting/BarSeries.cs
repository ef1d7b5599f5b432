namespace Toolkit.Trainer.Reporting;

/// <summary>The bars of one colour in a <see cref="BarPlot"/>.</summary>
/// <param name="Name">What the legend calls it; empty keeps it out of the legend.</param>
/// <param name="Values">The bars' values, one a category.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double> Values)
{
    /// <summary>What the legend calls it; empty keeps it out of the legend.</summary>
    public string Name { get; } = Name ?? throw new ArgumentNullException(nameof(Name));

    /// <summary>The bars' values, one a category.</summary>
    public IReadOnlyList<double> Values { get; } = Values ?? throw new ArgumentNullException(nameof(Values));

    /// <summary>The number of its colour, as <see cref="PlotSeries.Color"/>. By default the series' place in its plot.</summary>
    public int? Color { get; init; }
}
