namespace Toolkit.Trainer.Data;

/// <summary>What becomes of one column of a table: how <see cref="TableFeatures"/> turns it into inputs of a network.</summary>
public sealed record TableFeature
{
    private TableFeature(string column, FeatureEncoding encoding)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        Column = column;
        Encoding = encoding;
    }

    /// <summary>The name of the column.</summary>
    public string Column { get; }

    /// <summary>How it is turned into inputs.</summary>
    public FeatureEncoding Encoding { get; }

    internal int Ddof { get; private init; }

    internal double Low { get; private init; }

    internal double High { get; private init; } = 1;

    internal IReadOnlyList<string>? Categories { get; private init; }

    internal bool DropFirst { get; private init; }

    internal UnknownCategory Unknown { get; private init; }

    /// <summary>The numbers as they are.</summary>
    public static TableFeature AsIs(string column) => new(column, FeatureEncoding.AsIs);

    /// <summary>(x − mean) / standard deviation; <see cref="Standardizer"/>.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="ddof">Delta degrees of freedom: 0 as NumPy and scikit-learn, 1 as pandas.</param>
    public static TableFeature Standardized(string column, int ddof = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ddof);
        return new(column, FeatureEncoding.Standardized) { Ddof = ddof };
    }

    /// <summary>The range of the training part mapped to [low, high]; <see cref="MinMaxScaler"/>.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="low">What the least value becomes.</param>
    /// <param name="high">What the greatest value becomes.</param>
    public static TableFeature MinMax(string column, double low = 0, double high = 1) => new(column, FeatureEncoding.MinMax) { Low = low, High = high };

    /// <summary>One input a category; <see cref="OneHotEncoder"/>.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="categories">The categories that may occur; null for those of the training part.</param>
    /// <param name="dropFirst">Whether the first category has no input of its own.</param>
    /// <param name="unknown">What to do with any other category.</param>
    public static TableFeature OneHot(string column, IReadOnlyList<string>? categories = null, bool dropFirst = false, UnknownCategory unknown = UnknownCategory.Refuse) =>
        new(column, FeatureEncoding.OneHot) { Categories = categories, DropFirst = dropFirst, Unknown = unknown };
}
