using System.Globalization;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Bike sharing: hourly counts of rented bikes in Washington, D.C., over 2011 and 2012, with season, weather and calendar; 17,379 hours. Source:
/// Fanaee-T and Gama, "Event labeling combining ensemble detectors and background knowledge", Progress in Artificial Intelligence, 2013.
/// </summary>
/// <remarks>
/// The inputs are those of Udacity's first neural network project: <c>yr, holiday, temp, hum, windspeed</c>, then one input a value of
/// <c>season, weathersit, mnth, hr, weekday</c>; 56 of them. The last 21 days (504 rows) are the test part, the 60 days
/// (1,440 rows) before them the validation part; an hour without a rental has no row, so that these days are slightly longer than days. Temperature,
/// humidity, wind and the target <c>cnt</c> are standardised with ddof 1 over all rows but the test part: as that project does, the validation part
/// counts, so that its published errors compare.
/// </remarks>
public static class BikeSharing
{
    private const int TestRows = 21 * 24;
    private const int ValidationRows = 60 * 24;

    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new TableEntry
    {
        Name = "bike-sharing",
        Description = "Bike sharing, hourly counts of rented bikes in Washington, D.C., over two years.",
        WhereToGet = "https://archive.ics.uci.edu/dataset/275/bike+sharing+dataset (hour.csv in the zip file), put as bike-sharing/hour.csv",
        IsEmbedded = false,
        TrainCount = 17379 - ValidationRows - TestRows,
        TestCount = TestRows,
        RowCount = 17379,
        Classes = [],
        FolderName = "bike-sharing",
        FileName = "hour.csv",
        Address = new Uri("https://raw.githubusercontent.com/udacity/deep-learning-v2-pytorch/c9404fc86181fc3f0906b368697268257f348535/project-bikesharing/Bike-Sharing-Dataset/hour.csv"),
        Sha256 = "e03de4ee4ef4dc376ac6e04bf829673c6269e8eba5c60fa121640fa2f829504f",
        Size = 1_156_736,
        Options = new CsvOptions { Columns = Columns, OnlyNamedColumns = true },
        Split = Split,
    };

    /// <summary>What becomes of the table's columns, in the order of the inputs.</summary>
    public static IReadOnlyList<TableFeature> Inputs =>
    [
        TableFeature.AsIs("yr"),
        TableFeature.AsIs("holiday"),
        TableFeature.Standardized("temp", ddof: 1),
        TableFeature.Standardized("hum", ddof: 1),
        TableFeature.Standardized("windspeed", ddof: 1),
        Categories("season", 1, 4),
        Categories("weathersit", 1, 4),
        Categories("mnth", 1, 12),
        Categories("hr", 0, 23),
        Categories("weekday", 0, 6),
    ];

    /// <summary>The columns that the file must have; all numbers but the date.</summary>
    private static CsvColumn[] Columns =>
    [
        CsvColumn.Date("dteday"),
        .. ((string[])["season", "yr", "mnth", "hr", "holiday", "weekday", "workingday", "weathersit", "temp", "atemp", "hum", "windspeed", "casual", "registered", "cnt"])
            .Select(CsvColumn.Number),
    ];

    /// <summary>
    /// Loads the data set: inputs [n, 56], standardised counts [n, 1]; <see cref="DatasetSplits.TargetMean"/> and
    /// <see cref="DatasetSplits.TargetStd"/> lead back to bikes an hour.
    /// </summary>
    /// <param name="folder">A folder that holds <c>hour.csv</c> or a folder <c>bike-sharing</c> with it; null looks in the other places that <see cref="DatasetRequest"/> lists.</param>
    /// <param name="offline">Whether the network is off limits.</param>
    /// <exception cref="DatasetException">The data is nowhere, or damaged.</exception>
    public static DatasetSplits Load(string? folder = null, bool offline = false) =>
        Entry.Load(new DatasetRequest { Folder = folder, Offline = offline });

    /// <summary>All values that a column may have: the rare ones have their input whether or not they occur.</summary>
    private static TableFeature Categories(string column, int from, int to) =>
        TableFeature.OneHot(column, [.. Enumerable.Range(from, to - from + 1).Select(value => value.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>Makes inputs, targets and parts of a table that has the columns of <c>hour.csv</c>.</summary>
    internal static DatasetSplits Split(CsvTable table, DatasetEntry entry, string source)
    {
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        int test = rows.Length - TestRows;
        int validation = test - ValidationRows;
        CsvTable known = table.Rows(..test);
        TableFeatures features = TableFeatures.Fit(known, Inputs);
        Standardizer target = Standardizer.Fit(known.Complete("cnt"), ddof: 1);
        var all = new Dataset(features.Transform(table), target.Transform(table.ToTensor("cnt")));
        return new DatasetSplits(() => all.Slice(..validation), () => all.Slice(test..))
        {
            Name = entry.Name,
            Source = source,
            Classes = entry.Classes,
            InputNormalization = features.Normalization,
            Validation = all.Slice(validation..test),
            Table = table,
            Features = features,
            TrainRows = rows[..validation],
            ValidationRows = rows[validation..test],
            TestRows = rows[test..],
            TargetMean = target.Means[0],
            TargetStd = target.StandardDeviations[0],
        };
    }
}
