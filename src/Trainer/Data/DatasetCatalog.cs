namespace Toolkit.Trainer.Data;

/// <summary>The data sets that the toolkit knows, by name.</summary>
public static class DatasetCatalog
{
    private static readonly DatasetEntry[] Table =
    [
        BikeSharing.Entry,
        BreastCancerWisconsin.Entry,
        FashionMnist.Entry,
        Iris.Entry,
        Mnist.Entry,
        PimaDiabetes.Entry,
        DrawnShapes.Entry,
        SyntheticBike.Entry,
        SyntheticDigits.Entry,
        SyntheticPima.Entry,
        ThreeLayerGrid.Entry,
        Wine.Entry,
        TruthTables.Entry,
    ];

    /// <summary>Every data set, sorted by name.</summary>
    public static IReadOnlyList<DatasetEntry> All => Table;

    /// <summary>The data set of a name, or null where there is none.</summary>
    public static DatasetEntry? Find(string name) => Array.Find(Table, entry => entry.Name == name);

    /// <summary>The data set of a name.</summary>
    /// <exception cref="DatasetException">There is none of that name; the message says which there are.</exception>
    public static DatasetEntry Get(string name) => Find(name)
        ?? throw new DatasetException($"Data set '{name}' is unknown; {NameSuggestion.For(name, [.. Table.Select(entry => entry.Name)])}");

    /// <summary>Loads a data set, or where it is nowhere to be had, the one that may stand in for it.</summary>
    /// <param name="name">The data set that is wanted.</param>
    /// <param name="fallback">The one that may stand in; null where none may.</param>
    /// <param name="request">Where to look.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <exception cref="DatasetException">
    /// A name is unknown, the data is damaged (nothing stands in for damaged data), or it is nowhere and nothing may stand in.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DatasetResolution Resolve(string name, string? fallback, DatasetRequest request, CancellationToken cancellationToken = default)
    {
        DatasetEntry wanted = Get(name);
        DatasetEntry? substitute = fallback is null ? null : Get(fallback);
        try
        {
            return new DatasetResolution(wanted.Load(request, cancellationToken), null);
        }
        catch (DatasetException exception) when (exception.IsUnavailable && substitute is not null)
        {
            return new DatasetResolution(
                substitute.Load(request, cancellationToken),
                $"Using '{substitute.Name}' ({(substitute.IsEmbedded ? "generated here, no real data" : substitute.Description)}) in place of '{name}'. {exception.Message}");
        }
    }
}
