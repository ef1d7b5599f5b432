namespace Toolkit.Trainer.Data;

/// <summary>How a CSV file is read.</summary>
public sealed record CsvOptions
{
    /// <summary>What separates the fields of a row.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether the first row names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>
    /// The columns that the file must have, and their types. With a header they are found by name and may come in any order, and the type of every
    /// other column is inferred; without one they are all the columns in the order of the file. Null infers every type; a file without a header
    /// then has the columns <c>c1</c>, <c>c2</c> and so on.
    /// </summary>
    /// <remarks>
    /// Inferred is a number where every value is one, else a date where every value is one in ISO 8601, else a category where values repeat
    /// (no more different ones than half the rows), else text. Stating types costs less memory: inferring keeps every text until the end.
    /// </remarks>
    public IReadOnlyList<CsvColumn>? Columns { get; init; }

    /// <summary>Whether columns that <see cref="Columns"/> does not name are left out.</summary>
    public bool OnlyNamedColumns { get; init; }

    /// <summary>The texts that stand for a missing value, spaces around them aside. Columns of text have none.</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = ["", "?", "NA", "N/A", "NaN", "nan", "null"];

    /// <summary>What to do where a value is missing.</summary>
    public MissingValues Missing { get; init; }
}
