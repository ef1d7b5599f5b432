namespace Toolkit.EdgeRuntime.Conformance;

/// <summary>What a backend did with a list of cases.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="Results">The result of each case, in order.</param>
public sealed record ConformanceReport(string Backend, IReadOnlyList<ConformanceResult> Results)
{
    /// <summary>The number of cases.</summary>
    public int Total => Results.Count;

    /// <summary>Cases whose outputs agree.</summary>
    public int Passed => Count(ConformanceOutcome.Passed);

    /// <summary>Cases that went wrong.</summary>
    public int Failed => Count(ConformanceOutcome.Failed);

    /// <summary>Cases that the backend refused.</summary>
    public int Unsupported => Count(ConformanceOutcome.Unsupported);

    /// <summary>The reports of each category, by name.</summary>
    public IReadOnlyDictionary<string, ConformanceReport> ByCategory => new SortedDictionary<string, ConformanceReport>(
        Results.GroupBy(result => result.Case.Category).ToDictionary(group => group.Key, group => new ConformanceReport(Backend, [.. group])), StringComparer.Ordinal);

    /// <summary>Passed cases in a hundred; 0 where there are none.</summary>
    public double PassedPercent => Total == 0 ? 0 : 100.0 * Passed / Total;

    private int Count(ConformanceOutcome outcome) => Results.Count(result => result.Outcome == outcome);
}
