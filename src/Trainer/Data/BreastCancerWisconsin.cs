namespace Toolkit.Trainer.Data;

/// <summary>
/// Wisconsin breast cancer (original): nine grades, 1 to 10, of 699 fine needle aspirates, benign or malignant. Source: Wolberg and Mangasarian,
/// "Multisurface method of pattern separation for medical diagnosis applied to breast cytology", PNAS, 1990.
/// </summary>
/// <remarks>The 16 rows whose bare nuclei were not graded are left out; 683 remain, 444 benign and 239 malignant.</remarks>
public static class BreastCancerWisconsin
{
    /// <summary>The name of the column of classes in <see cref="DatasetSplits.Table"/>.</summary>
    public const string ClassColumn = "class";

    /// <summary>The names of the measurements.</summary>
    public static IReadOnlyList<string> InputColumns { get; } =
    [
        "clump_thickness", "cell_size_uniformity", "cell_shape_uniformity", "marginal_adhesion", "epithelial_cell_size", "bare_nuclei", "bland_chromatin",
        "normal_nucleoli", "mitoses",
    ];

    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new TableEntry
    {
        Name = "breast-cancer-wisconsin",
        Description = "Wisconsin breast cancer, nine grades of 683 tissue samples, benign or malignant.",
        WhereToGet = "https://github.com/jbrownlee/Datasets (breast-cancer-wisconsin.csv), put as tabular/breast-cancer-wisconsin.csv",
        IsEmbedded = false,
        TrainCount = 546,
        TestCount = 137,
        RowCount = 683,
        Classes = ["benign", "malignant"],
        FolderName = "tabular",
        FileName = "breast-cancer-wisconsin.csv",
        Address = new Uri("https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/breast-cancer-wisconsin.csv"),
        Sha256 = "9c9dc50e62dbcece16e5707bdec7514f87230d0aa35798b9aaffbc77cf736f1f",
        Size = 14486,
        Options = ClassTable.Options(InputColumns, ClassColumn, ["2", "4"], MissingValues.DropRow),
        Split = (table, entry, source) => ClassTable.Split(table, entry, source, InputColumns, ClassColumn),
    };

    /// <summary>Loads the data set: standardised measurements [n, 9], class indices [n]; a stratified fifth is the test part.</summary>
    /// <param name="folder">A folder that holds <c>breast-cancer-wisconsin.csv</c> or a folder <c>tabular</c> with it; null looks in the other places that <see cref="DatasetRequest"/> lists.</param>
    /// <param name="offline">Whether the network is off limits.</param>
    /// <exception cref="DatasetException">The data is nowhere, or damaged.</exception>
    public static DatasetSplits Load(string? folder = null, bool offline = false) =>
        Entry.Load(new DatasetRequest { Folder = folder, Offline = offline });
}
