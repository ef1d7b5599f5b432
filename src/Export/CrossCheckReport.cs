namespace Toolkit.Export;

/// <summary>How far backends are from a reference on the same inputs.</summary>
/// <param name="Reference">What they were compared with: <c>trainer</c>, or a backend's name.</param>
/// <param name="Samples">Samples compared: all at the greatest batch size, the first 512 at most at the others.</param>
/// <param name="BatchSizes">Samples a run; 0 where the model has no batch axis and was run once, as it is.</param>
/// <param name="Tolerance">The difference that passes; see <see cref="CrossCheckOptions.Tolerance"/>.</param>
/// <param name="Backends">One entry a backend, in the order given; the worst over batch sizes and outputs.</param>
public sealed record CrossCheckReport(
    string Reference,
    int Samples,
    IReadOnlyList<int> BatchSizes,
    double Tolerance,
    IReadOnlyList<BackendDifference> Backends)
{
    /// <summary>How many samples were run at a batch size.</summary>
    /// <param name="batchSize">One of <see cref="BatchSizes"/>.</param>
    public int SamplesAt(int batchSize) =>
        batchSize == BatchSizes[^1] ? Samples : Math.Min(Samples, Math.Max(batchSize, CrossCheck.MostSamplesOfSmallSizes));

    /// <summary>The greatest absolute difference of any backend; 0 where there was none to compare.</summary>
    public double MaxAbsoluteDifference => Backends.Select(backend => backend.Difference.MaxAbsolute).DefaultIfEmpty().Max();

    /// <summary>The greatest relative difference of any backend; 0 where there was none to compare.</summary>
    public double MaxRelativeDifference => Backends.Select(backend => backend.Difference.MaxRelative).DefaultIfEmpty().Max();

    /// <summary>Whether every backend is within the tolerance.</summary>
    public bool Agrees => Backends.All(backend => backend.Difference.Agrees);
}
