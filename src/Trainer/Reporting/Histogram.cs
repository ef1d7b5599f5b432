namespace Toolkit.Trainer.Reporting;

/// <summary>How often values fall into ranges of equal width.</summary>
/// <param name="Title">The heading.</param>
/// <param name="XLabel">What is counted, with its unit; may be empty.</param>
/// <param name="Values">The values; those that are not finite are left out.</param>
/// <param name="Bins">The number of ranges; 0 chooses by the number of values.</param>
public sealed record Histogram(string Title, string XLabel, IReadOnlyList<double> Values, int Bins = 0) : ReportItem
{
    /// <summary>The most ranges.</summary>
    public const int MaxBins = 200;

    /// <summary>The heading.</summary>
    public string Title { get; } = Figures.Named(nameof(Histogram), Title);

    /// <summary>The values.</summary>
    public IReadOnlyList<double> Values { get; } = Figures.Some(nameof(Histogram), Title, Values);

    /// <summary>The number of ranges; 0 chooses by the number of values.</summary>
    public int Bins { get; } = Bins is >= 0 and <= MaxBins ? Bins : throw new ArgumentOutOfRangeException(nameof(Bins), Bins, $"Histogram '{Title}': expected 0 to {MaxBins} ranges.");
}
