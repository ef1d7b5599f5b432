using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// A table of typed columns, as a CSV file holds it. Immutable: selecting rows and adding columns make new tables.
/// </summary>
public sealed class CsvTable
{
    private readonly TableColumn[] _columns;
    private readonly int[]? _lines;

    internal CsvTable(string source, TableColumn[] columns, int[]? lines)
    {
        Source = source;
        _columns = columns;
        _lines = lines;
        RowCount = columns.Length == 0 ? lines?.Length ?? 0 : columns[0].Count;
    }

    /// <summary>Where the table comes from: the file's path.</summary>
    public string Source { get; }

    /// <summary>The number of rows, the header not counted.</summary>
    public int RowCount { get; }

    /// <summary>The names and kinds of the columns, in their order.</summary>
    public IReadOnlyList<CsvColumn> Columns => Array.ConvertAll(
        _columns, column => new CsvColumn(column.Name, column.Kind) { Levels = column.Kind == ColumnKind.Category ? column.Levels : null });

    /// <summary>The names of the columns, in their order.</summary>
    public IReadOnlyList<string> ColumnNames => Array.ConvertAll(_columns, column => column.Name);

    /// <summary>Reads a CSV file (RFC 4180, UTF-8 unless it begins with another byte order mark; blank lines are passed over).</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Delimiter, header, types and missing values; null for a comma, a header and inferred types.</param>
    /// <exception cref="DatasetException">
    /// The file cannot be read, or is not the table that the options describe: a column is missing, a row has another number of fields, a value is not
    /// of its column's type or is missing, a quote is not closed, there are no rows. The message names the file and the line.
    /// </exception>
    public static CsvTable Read(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var reader = new StreamReader(path);
            return CsvReader.Read(reader, path, options ?? new CsvOptions());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: the file cannot be read ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}).", exception);
        }
    }

    /// <summary>Reads CSV text.</summary>
    /// <inheritdoc cref="Read(string, CsvOptions?)"/>
    /// <param name="reader">The text; it is read to its end and closed.</param>
    /// <param name="options">Delimiter, header, types and missing values; null for a comma, a header and inferred types.</param>
    /// <param name="source">What messages call the text.</param>
    public static CsvTable Read(TextReader reader, CsvOptions? options = null, string source = "CSV")
    {
        ArgumentNullException.ThrowIfNull(reader);
        return CsvReader.Read(reader, source, options ?? new CsvOptions());
    }

    /// <summary>Makes a table of columns of numbers.</summary>
    /// <param name="source">Where it comes from, for people.</param>
    /// <param name="columns">Names and values; all of one length. NaN stands for a missing value.</param>
    /// <exception cref="ArgumentException">The columns differ in length, or two have one name.</exception>
    public static CsvTable FromNumbers(string source, params IReadOnlyList<(string Name, double[] Values)> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        CsvTable table = new(source, [], null);
        foreach ((string name, double[] values) in columns)
        {
            table = table.WithNumbers(name, values);
        }

        return table;
    }

    /// <summary>Whether there is a column of a name.</summary>
    public bool Contains(string column) => Array.Exists(_columns, candidate => candidate.Name == column);

    /// <summary>What the values of a column are.</summary>
    /// <exception cref="DatasetException">There is no such column; the message lists those there are.</exception>
    public ColumnKind KindOf(string column) => Get(column).Kind;

    /// <summary>The values of a column of numbers; NaN where one is missing.</summary>
    /// <exception cref="DatasetException">There is no such column, or it holds no numbers.</exception>
    public ReadOnlySpan<double> Numbers(string column) => Get(column, ColumnKind.Number).Numbers;

    /// <summary>The values of a column of categories, as places in <see cref="Levels"/>; -1 where one is missing.</summary>
    /// <exception cref="DatasetException">There is no such column, or it holds no categories.</exception>
    public ReadOnlySpan<int> Codes(string column) => Get(column, ColumnKind.Category).Codes;

    /// <summary>
    /// The different values of a column as text, missing ones excepted: of categories all that may occur, in the order of their codes; of other
    /// columns those that do occur, numbers in their order, dates and texts by their characters' codes.
    /// </summary>
    /// <exception cref="DatasetException">There is no such column.</exception>
    public IReadOnlyList<string> Levels(string column)
    {
        TableColumn found = Get(column);
        return found.Kind == ColumnKind.Category
            ? found.Levels
            : ColumnBuilder.SortLevels(Enumerable.Range(0, RowCount).Where(row => !found.IsMissing(row)).Select(found.Text).Distinct(StringComparer.Ordinal));
    }

    /// <summary>The values of a column of dates; <see cref="DateTime.MinValue"/> where one is missing.</summary>
    /// <exception cref="DatasetException">There is no such column, or it holds no dates.</exception>
    public ReadOnlySpan<DateTime> Dates(string column) => Get(column, ColumnKind.Date).Dates;

    /// <summary>
    /// The values of any column as text: numbers in the shortest form that reads back the same, dates in ISO 8601, the empty text where one is missing.
    /// </summary>
    /// <exception cref="DatasetException">There is no such column.</exception>
    public IReadOnlyList<string> Texts(string column)
    {
        TableColumn found = Get(column);
        var texts = new string[RowCount];
        for (int row = 0; row < texts.Length; row++)
        {
            texts[row] = found.Text(row);
        }

        return texts;
    }

    /// <summary>Columns of numbers as a tensor [rows, columns].</summary>
    /// <param name="columns">Their names, in the order of the tensor's columns.</param>
    /// <exception cref="DatasetException">There is no such column, it holds no numbers, or it misses a value.</exception>
    public Tensor<float> ToTensor(params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var tensor = new Tensor<float>([RowCount, columns.Count]);
        for (int column = 0; column < columns.Count; column++)
        {
            ReadOnlySpan<double> numbers = Complete(columns[column]);
            for (int row = 0; row < RowCount; row++)
            {
                tensor.Span[(row * columns.Count) + column] = (float)numbers[row];
            }
        }

        return tensor;
    }

    /// <summary>Where a row was read: its file and line, for messages. Of generated rows the table's source and the row, counted from 0.</summary>
    public string Place(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        return _lines is null ? $"{Source} row {row}" : $"{Source} line {_lines[row]}";
    }

    /// <summary>The table of some rows, in the order given; a row may come more than once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public CsvTable Select(params ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)RowCount)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), $"{Source}: expected rows from 0 to {RowCount - 1}, got {row}.");
            }
        }

        var columns = new TableColumn[_columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = _columns[i].Select(rows);
        }

        var lines = _lines is null ? null : new int[rows.Length];
        for (int i = 0; i < lines?.Length; i++)
        {
            lines[i] = _lines![rows[i]];
        }

        return new CsvTable(Source, columns, lines);
    }

    /// <summary>The table of neighbouring rows: <c>table.Rows(..^504)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is not within the rows.</exception>
    public CsvTable Rows(Range rows)
    {
        (int start, int count) = rows.GetOffsetAndLength(RowCount);
        return Select(Enumerable.Range(start, count).ToArray());
    }

    /// <summary>The table without some columns.</summary>
    /// <exception cref="DatasetException">There is no such column.</exception>
    public CsvTable Without(params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        TableColumn[] dropped = [.. columns.Select(Get)];
        return new CsvTable(Source, [.. _columns.Except(dropped)], _lines);
    }

    /// <summary>The table with another column of numbers, last.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">One value a row; NaN where it is missing.</param>
    /// <exception cref="ArgumentException">There is a column of that name, or the number of values is not that of the rows.</exception>
    public CsvTable WithNumbers(string name, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return With(TableColumn.OfNumbers(name, values.AsSpan().ToArray()));
    }

    internal CsvTable With(TableColumn column)
    {
        if (Contains(column.Name))
        {
            throw new ArgumentException($"{Source}: expected a new column, got the name '{column.Name}', which there is.", nameof(column));
        }

        if (_columns.Length > 0 && column.Count != RowCount)
        {
            throw new ArgumentException($"{Source}: expected {RowCount} values for column '{column.Name}', got {column.Count}.", nameof(column));
        }

        return new CsvTable(Source, [.. _columns, column], _lines);
    }

    /// <summary>The values of a column of numbers that misses none.</summary>
    /// <exception cref="DatasetException">A value is missing, or there is no such column of numbers.</exception>
    internal ReadOnlySpan<double> Complete(string column)
    {
        ReadOnlySpan<double> numbers = Numbers(column);
        for (int row = 0; row < numbers.Length; row++)
        {
            if (double.IsNaN(numbers[row]))
            {
                throw new DatasetException($"{Place(row)}: expected a number in column '{column}', got none; fill missing values in first, or drop the row.");
            }
        }

        return numbers;
    }

    private TableColumn Get(string column) => Array.Find(_columns, candidate => candidate.Name == column)
        ?? throw new DatasetException($"{Source}: expected a column '{column}', got only {string.Join(", ", _columns.Select(candidate => $"'{candidate.Name}'"))}.");

    private TableColumn Get(string column, ColumnKind kind)
    {
        TableColumn found = Get(column);
        return found.Kind == kind
            ? found
            : throw new DatasetException($"{Source}: expected column '{column}' of kind {kind}, got {found.Kind}; state its type with CsvOptions.Columns when it is read.");
    }
}
