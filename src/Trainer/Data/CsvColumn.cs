namespace Toolkit.Trainer.Data;

/// <summary>A column that a CSV file must have, and the type of its values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its values are.</param>
public sealed record CsvColumn(string Name, ColumnKind Kind)
{
    /// <summary>The categories that may occur, in the order of their codes; null for those that do occur, sorted.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>The form of a date as .NET writes it: <c>dd.MM.yyyy</c>; null for ISO 8601, <c>2011-01-31</c> or <c>2011-01-31T23:00:00</c>.</summary>
    public string? Format { get; init; }

    /// <summary>A column of numbers: <c>-1.5e3</c>, a point before decimals, no thousands separator.</summary>
    public static CsvColumn Number(string name) => new(name, ColumnKind.Number);

    /// <summary>A column of categories.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="levels">The categories that may occur, in the order of their codes; none for those that do occur, sorted.</param>
    public static CsvColumn Category(string name, params IReadOnlyList<string> levels) =>
        new(name, ColumnKind.Category) { Levels = levels is { Count: > 0 } ? levels : null };

    /// <summary>A column of dates.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="format">Their form as .NET writes it; null for ISO 8601.</param>
    public static CsvColumn Date(string name, string? format = null) => new(name, ColumnKind.Date) { Format = format };

    /// <summary>A column of texts.</summary>
    public static CsvColumn Text(string name) => new(name, ColumnKind.Text);
}
