namespace Toolkit.Trainer.Data;

/// <summary>A data set that is computed from the request's seed.</summary>
internal sealed class GeneratedEntry : DatasetEntry
{
    /// <summary>Computes the data set of a seed.</summary>
    public required Func<ulong, DatasetSplits> Generate { get; init; }

    public override string? Find(DatasetRequest request) => "embedded";

    public override string Fetch(DatasetRequest request, CancellationToken cancellationToken = default) => "embedded";

    public override DatasetSplits Load(DatasetRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Generate(request.Seed);
    }
}
