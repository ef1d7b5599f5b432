using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>Tables of one column of classes and columns of measurements: a stratified fifth is the test part, inputs are standardised on the rest.</summary>
internal static class ClassTable
{
    private const double TestShare = 0.2;

    /// <summary>The seed of the split, whatever the seed of training: everybody tests on the same rows.</summary>
    private const ulong SplitSeed = 20;

    /// <summary>How a file without a header is read.</summary>
    /// <param name="inputs">The names of the measurements.</param>
    /// <param name="classColumn">The name of the last column.</param>
    /// <param name="levels">The class column's texts, in the order of the class indices.</param>
    /// <param name="missing">What to do where a value is missing.</param>
    public static CsvOptions Options(IReadOnlyList<string> inputs, string classColumn, IReadOnlyList<string> levels, MissingValues missing = MissingValues.Refuse) => new()
    {
        HasHeader = false,
        Columns = [.. inputs.Select(CsvColumn.Number), CsvColumn.Category(classColumn, levels)],
        Missing = missing,
    };

    /// <summary>Makes inputs [n, features], class indices [n] and the two parts.</summary>
    public static DatasetSplits Split(CsvTable table, DatasetEntry entry, string source, IReadOnlyList<string> inputs, string classColumn)
    {
        Tensor<float> classes = Targets(table, classColumn);
        (int[] train, int[] test) = Splits.StratifiedTrainTest(classes, TestShare, SplitSeed);
        TableFeatures features = TableFeatures.Fit(table.Select(train), [.. inputs.Select(column => TableFeature.Standardized(column))]);
        var all = new Dataset(features.Transform(table), classes);
        return new DatasetSplits(() => all.Select(train), () => all.Select(test))
        {
            Name = entry.Name,
            Source = source,
            Classes = entry.Classes,
            InputNormalization = features.Normalization,
            Table = table,
            Features = features,
            TrainRows = train,
            TestRows = test,
        };
    }

    /// <summary>The codes of a category column as class indices, [n].</summary>
    public static Tensor<float> Targets(CsvTable table, string classColumn)
    {
        ReadOnlySpan<int> codes = table.Codes(classColumn);
        var classes = new Tensor<float>([codes.Length]);
        for (int row = 0; row < codes.Length; row++)
        {
            classes.Span[row] = codes[row];
        }

        return classes;
    }
}
