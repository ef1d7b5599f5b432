using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Pima Indians diabetes: eight measurements of 768 women of at least 21 years, and whether diabetes appeared within five years (268 of them).
/// Source: Smith et al., "Using the ADAP learning algorithm to forecast the onset of diabetes mellitus", 1988.
/// </summary>
/// <remarks>A 0 in glucose, blood pressure, skin thickness, insulin or body mass index means not measured; the values are left as published.</remarks>
public static class PimaDiabetes
{
    /// <summary>The name of the column of classes in <see cref="DatasetSplits.Table"/>: <c>0</c> and <c>1</c>.</summary>
    public const string ClassColumn = "diabetes";

    /// <summary>The names of the measurements: pregnancies; glucose, mg/dl; blood pressure, mmHg; skin fold, mm; insulin, µU/ml; body mass index, kg/m²; the pedigree function; age, years.</summary>
    public static IReadOnlyList<string> InputColumns { get; } = ["pregnancies", "glucose", "blood_pressure", "skin_thickness", "insulin", "bmi", "pedigree", "age"];

    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new TableEntry
    {
        Name = "pima",
        Description = "Pima Indians diabetes, eight measurements of 768 women and whether diabetes appeared.",
        WhereToGet = "https://github.com/jbrownlee/Datasets (pima-indians-diabetes.csv), put as tabular/pima-indians-diabetes.csv",
        IsEmbedded = false,
        TrainCount = 614,
        TestCount = 154,
        RowCount = 768,
        Classes = ["no diabetes", "diabetes"],
        FolderName = "tabular",
        FileName = "pima-indians-diabetes.csv",
        Address = new Uri("https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/pima-indians-diabetes.csv"),
        Sha256 = "6bfe5d0f379d17a0e0819b996407e3c09bf80febd4287f2ed212190dfff154af",
        Size = 23278,
        Options = ClassTable.Options(InputColumns, ClassColumn, ["0", "1"]),
        Split = Split,
    };

    /// <summary>Loads the data set: standardised measurements [n, 8], class indices [n]; a stratified fifth is the test part.</summary>
    /// <param name="folder">A folder that holds <c>pima-indians-diabetes.csv</c> or a folder <c>tabular</c> with it; null looks in the other places that <see cref="DatasetRequest"/> lists.</param>
    /// <param name="offline">Whether the network is off limits.</param>
    /// <exception cref="DatasetException">The data is nowhere, or damaged.</exception>
    public static DatasetSplits Load(string? folder = null, bool offline = false) =>
        Entry.Load(new DatasetRequest { Folder = folder, Offline = offline });

    /// <summary>
    /// One fold of a cross-validation: standardised on the rows that are trained on, and on no others.
    /// </summary>
    /// <param name="table">The raw rows, <see cref="DatasetSplits.Table"/>.</param>
    /// <param name="train">The rows to train on.</param>
    /// <param name="test">The rows to test on.</param>
    /// <returns>Measurements [n, 8] and class indices [n].</returns>
    public static (Dataset Train, Dataset Test) Fold(CsvTable table, ReadOnlySpan<int> train, ReadOnlySpan<int> test)
    {
        ArgumentNullException.ThrowIfNull(table);
        CsvTable trainTable = table.Select(train);
        CsvTable testTable = table.Select(test);
        TableFeatures features = TableFeatures.Fit(trainTable, [.. InputColumns.Select(column => TableFeature.Standardized(column))]);
        return (
            new Dataset(features.Transform(trainTable), Targets(trainTable)),
            new Dataset(features.Transform(testTable), Targets(testTable)));
    }

    /// <summary>The class indices of a table of the data set, [n].</summary>
    public static Tensor<float> Targets(CsvTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return ClassTable.Targets(table, ClassColumn);
    }

    internal static DatasetSplits Split(CsvTable table, DatasetEntry entry, string source) => ClassTable.Split(table, entry, source, InputColumns, ClassColumn);
}
