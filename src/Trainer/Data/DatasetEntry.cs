namespace Toolkit.Trainer.Data;

/// <summary>A data set that the toolkit knows: what it is, where it is found, how it is loaded.</summary>
public abstract class DatasetEntry
{
    /// <summary>The name that commands and recipes use: <c>fashion-mnist</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Where a person gets it by hand.</summary>
    public required string WhereToGet { get; init; }

    /// <summary>Whether it comes with the library and needs neither files nor the network.</summary>
    public required bool IsEmbedded { get; init; }

    /// <summary>Samples for training.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Samples for testing.</summary>
    public required int TestCount { get; init; }

    /// <summary>The names of the classes by index; empty where the targets are values.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Where the data set is on this machine: a folder, or <c>embedded</c>; null where it is not. Never touches the network.</summary>
    /// <exception cref="DatasetException">The request's folder does not exist, or a folder holds only some of the files.</exception>
    public abstract string? Find(DatasetRequest request);

    /// <summary>Sees to it that the data set is on this machine, downloading it where it is not.</summary>
    /// <returns>What <see cref="Find"/> returns afterwards.</returns>
    /// <exception cref="DatasetException">It is not here and cannot be downloaded, or what was downloaded is not the data set.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract string Fetch(DatasetRequest request, CancellationToken cancellationToken = default);

    /// <summary>Loads the data set, downloading it where it is not on this machine.</summary>
    /// <exception cref="DatasetException">It is nowhere, or damaged; <see cref="DatasetException.IsUnavailable"/> tells the two apart.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract DatasetSplits Load(DatasetRequest request, CancellationToken cancellationToken = default);
}
