namespace Toolkit.Trainer.Data;

/// <summary>
/// Wine: thirteen chemical measurements of 178 wines from three growers of one Italian region (59, 71 and 48). Source: Forina et al., PARVUS, 1991;
/// UCI Machine Learning Repository.
/// </summary>
public static class Wine
{
    /// <summary>The name of the column of classes in <see cref="DatasetSplits.Table"/>.</summary>
    public const string ClassColumn = "grower";

    /// <summary>The names of the measurements.</summary>
    public static IReadOnlyList<string> InputColumns { get; } =
    [
        "alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids", "nonflavanoid_phenols", "proanthocyanins",
        "color_intensity", "hue", "od280_od315", "proline",
    ];

    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new TableEntry
    {
        Name = "wine",
        Description = "Wine, thirteen chemical measurements of 178 wines from three growers.",
        WhereToGet = "https://github.com/jbrownlee/Datasets (wine.csv), put as tabular/wine.csv",
        IsEmbedded = false,
        TrainCount = 142,
        TestCount = 36,
        RowCount = 178,
        Classes = ["grower 1", "grower 2", "grower 3"],
        FolderName = "tabular",
        FileName = "wine.csv",
        Address = new Uri("https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/wine.csv"),
        Sha256 = "e9c16b779f9194945067f65118da6afb317ef60c6515879c50124dc4f6cdd756",
        Size = 10782,
        Options = ClassTable.Options(InputColumns, ClassColumn, ["1", "2", "3"]),
        Split = (table, entry, source) => ClassTable.Split(table, entry, source, InputColumns, ClassColumn),
    };

    /// <summary>Loads the data set: standardised measurements [n, 13], class indices [n]; a stratified fifth is the test part.</summary>
    /// <param name="folder">A folder that holds <c>wine.csv</c> or a folder <c>tabular</c> with it; null looks in the other places that <see cref="DatasetRequest"/> lists.</param>
    /// <param name="offline">Whether the network is off limits.</param>
    /// <exception cref="DatasetException">The data is nowhere, or damaged.</exception>
    public static DatasetSplits Load(string? folder = null, bool offline = false) =>
        Entry.Load(new DatasetRequest { Folder = folder, Offline = offline });
}
