namespace Toolkit.Trainer.Data;

/// <summary>The data set that was loaded for a wish.</summary>
/// <param name="Data">The data.</param>
/// <param name="Notice">Where another data set stands in for the one that was wanted: which, and why. People must be told. Otherwise null.</param>
public sealed record DatasetResolution(DatasetSplits Data, string? Notice)
{
    /// <summary>Whether another data set stands in for the one that was wanted.</summary>
    public bool IsFallback => Notice is not null;
}
