using System.Globalization;

namespace Toolkit.Trainer.Data;

/// <summary>The values of one column of a table; which of the arrays is set follows from the kind.</summary>
internal sealed class TableColumn
{
    private TableColumn(string name, ColumnKind kind)
    {
        Name = name;
        Kind = kind;
    }

    public string Name { get; }

    public ColumnKind Kind { get; }

    public double[] Numbers { get; private init; } = [];

    public int[] Codes { get; private init; } = [];

    public string[] Levels { get; private init; } = [];

    public DateTime[] Dates { get; private init; } = [];

    public string[] Texts { get; private init; } = [];

    public int Count => Kind switch
    {
        ColumnKind.Number => Numbers.Length,
        ColumnKind.Category => Codes.Length,
        ColumnKind.Date => Dates.Length,
        _ => Texts.Length,
    };

    public static TableColumn OfNumbers(string name, double[] values) => new(name, ColumnKind.Number) { Numbers = values };

    public static TableColumn OfCategories(string name, int[] codes, string[] levels) => new(name, ColumnKind.Category) { Codes = codes, Levels = levels };

    public static TableColumn OfDates(string name, DateTime[] values) => new(name, ColumnKind.Date) { Dates = values };

    public static TableColumn OfTexts(string name, string[] values) => new(name, ColumnKind.Text) { Texts = values };

    public bool IsMissing(int row) => Kind switch
    {
        ColumnKind.Number => double.IsNaN(Numbers[row]),
        ColumnKind.Category => Codes[row] < 0,
        ColumnKind.Date => Dates[row] == DateTime.MinValue,
        _ => false,
    };

    /// <summary>A value as text: numbers in the shortest form that reads back the same, dates in ISO 8601, nothing where it is missing.</summary>
    public string Text(int row) => IsMissing(row) ? "" : Kind switch
    {
        ColumnKind.Number => Numbers[row].ToString(CultureInfo.InvariantCulture),
        ColumnKind.Category => Levels[Codes[row]],
        ColumnKind.Date => Dates[row].TimeOfDay == TimeSpan.Zero
            ? Dates[row].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : Dates[row].ToString("s", CultureInfo.InvariantCulture),
        _ => Texts[row],
    };

    public TableColumn Select(ReadOnlySpan<int> rows) => Kind switch
    {
        ColumnKind.Number => OfNumbers(Name, Pick(Numbers, rows)),
        ColumnKind.Category => OfCategories(Name, Pick(Codes, rows), Levels),
        ColumnKind.Date => OfDates(Name, Pick(Dates, rows)),
        _ => OfTexts(Name, Pick(Texts, rows)),
    };

    private static T[] Pick<T>(T[] values, ReadOnlySpan<int> rows)
    {
        var picked = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            picked[i] = values[rows[i]];
        }

        return picked;
    }
}
