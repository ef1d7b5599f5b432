namespace Toolkit.Trainer.Data;

/// <summary>The catalogue's entry of <see cref="SyntheticDigits"/>.</summary>
internal sealed class SyntheticDigitsEntry : DatasetEntry
{
    public override string? Find(DatasetRequest request) => "embedded";

    public override string Fetch(DatasetRequest request, CancellationToken cancellationToken = default) => "embedded";

    public override DatasetSplits Load(DatasetRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SyntheticDigits.Load(request.Seed, TrainCount, TestCount);
    }
}
