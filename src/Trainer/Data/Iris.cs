namespace Toolkit.Trainer.Data;

/// <summary>
/// Iris: four measurements of 150 irises of three species, fifty of each. Source: Fisher, "The use of multiple measurements in taxonomic problems",
/// Annals of Eugenics, 1936.
/// </summary>
public static class Iris
{
    /// <summary>The name of the column of classes in <see cref="DatasetSplits.Table"/>.</summary>
    public const string ClassColumn = "species";

    /// <summary>The names of the measurements, all in centimetres.</summary>
    public static IReadOnlyList<string> InputColumns { get; } =
    [
        "sepal_length", "sepal_width", "petal_length", "petal_width",
    ];

    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new TableEntry
    {
        Name = "iris",
        Description = "Iris, four measurements of 150 flowers of three species.",
        WhereToGet = "https://github.com/jbrownlee/Datasets (iris.csv), put as tabular/iris.csv",
        IsEmbedded = false,
        TrainCount = 120,
        TestCount = 30,
        RowCount = 150,
        Classes = ["setosa", "versicolor", "virginica"],
        FolderName = "tabular",
        FileName = "iris.csv",
        Address = new Uri("https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/iris.csv"),
        Sha256 = "f5d0c11e5c78a69a20dbb80baf2b24703f59a6687595752abb397d23732647c5",
        Size = 4549,
        Options = ClassTable.Options(InputColumns, ClassColumn, ["Iris-setosa", "Iris-versicolor", "Iris-virginica"]),
        Split = (table, entry, source) => ClassTable.Split(table, entry, source, InputColumns, ClassColumn),
    };

    /// <summary>Loads the data set: standardised measurements [n, 4], class indices [n]; a stratified fifth is the test part.</summary>
    /// <param name="folder">A folder that holds <c>iris.csv</c> or a folder <c>tabular</c> with it; null looks in the other places that <see cref="DatasetRequest"/> lists.</param>
    /// <param name="offline">Whether the network is off limits.</param>
    /// <exception cref="DatasetException">The data is nowhere, or damaged.</exception>
    public static DatasetSplits Load(string? folder = null, bool offline = false) =>
        Entry.Load(new DatasetRequest { Folder = folder, Offline = offline });
}
