namespace Toolkit.Trainer.Reporting;

/// <summary>A table of text cells. A renderer aligns columns of numbers to the right.</summary>
/// <param name="Title">The heading; may be empty.</param>
/// <param name="Columns">The columns' headings.</param>
/// <param name="Rows">The rows; each has a cell a column.</param>
public sealed record ReportTable(string Title, IReadOnlyList<string> Columns, params IReadOnlyList<IReadOnlyList<string>> Rows) : ReportItem
{
    /// <summary>The heading; may be empty.</summary>
    public string Title { get; } = Title ?? throw new ArgumentNullException(nameof(Title));

    /// <summary>The columns' headings.</summary>
    public IReadOnlyList<string> Columns { get; } = Figures.AllThere(nameof(ReportTable), Columns);

    /// <summary>The rows; each has a cell a column.</summary>
    /// <exception cref="ArgumentException">A row has another number of cells than there are columns.</exception>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; } = Check(Title, Columns, Rows);

    private static IReadOnlyList<IReadOnlyList<string>> Check(string title, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        Figures.AllThere(nameof(ReportTable), rows);
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows[row].Count != columns.Count)
            {
                throw new ArgumentException($"ReportTable '{title}': expected {columns.Count} cells a row as there are columns, got {rows[row].Count} in row {row}.", nameof(rows));
            }
        }

        return rows;
    }
}
