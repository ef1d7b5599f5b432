using System.Globalization;
using nietras.SeparatedValues;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Reads a CSV file into typed columns. The library Sep splits rows and takes quotes off (RFC 4180: a quoted field may hold the delimiter, line
/// ends, and quotes, doubled); types, missing values and everything that can be wrong are dealt with here.
/// </summary>
internal sealed class CsvReader
{
    private readonly string _source;
    private readonly CsvOptions _options;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _missingTexts;
    private readonly List<int> _lines = [];
    private ColumnBuilder?[] _builders = [];
    private string[] _names = [];
    private bool[] _missing = [];

    private CsvReader(string source, CsvOptions options)
    {
        _source = source;
        _options = options;
        _missingTexts = options.MissingTexts.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <exception cref="DatasetException">The text is no CSV table of the expected columns.</exception>
    public static CsvTable Read(TextReader reader, string source, CsvOptions options)
    {
        if (options.Delimiter is '"' or '\r' or '\n' || options.Columns is { Count: 0 })
        {
            throw new ArgumentException("CsvOptions: expected a delimiter that is no quote and no line end, and at least one column where columns are named.", nameof(options));
        }

        return new CsvReader(source, options).ReadAll(reader);
    }

    private CsvTable ReadAll(TextReader reader)
    {
        try
        {
            using SepReader rows = Sep.New(_options.Delimiter)
                .Reader(sep => sep with { HasHeader = false, DisableColCountCheck = true, Unescape = true })
                .From(reader);
            bool started = false;
            int line = 1;
            foreach (SepReader.Row row in rows)
            {
                int from = line;
                line = row.LineNumberToExcl;
                if (IsBlank(row))
                {
                    continue;
                }

                CheckQuotes(row.Span, from);
                if (started)
                {
                    AddRow(row, from);
                }
                else if (_options.HasHeader)
                {
                    ReadHeader(row, from);
                }
                else
                {
                    NameColumns(row.ColCount, from);
                    AddRow(row, from);
                }

                started = true;
            }
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidDataException or ArgumentException)
        {
            // What the splitter refuses: more columns, or a longer row, than it has room for.
            throw new DatasetException($"{_source}: the file cannot be split into rows ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}); check the delimiter and the quotes.", exception);
        }

        if (_lines.Count == 0)
        {
            throw new DatasetException(
                _builders.Length == 0 ? $"{_source}: expected a CSV table, got an empty file."
                : $"{_source}: expected rows of values, got 0 rows{(_options.Missing == MissingValues.DropRow ? " that miss no value" : _options.HasHeader ? " after the header" : "")}.");
        }

        return new CsvTable(_source, [.. _builders.OfType<ColumnBuilder>().Select(builder => builder.Build())], [.. _lines]);
    }

    private static bool IsBlank(SepReader.Row row) => row.ColCount == 1 && row.Span.Trim(" \t\r\n").IsEmpty;

    /// <summary>An odd number of quotes leaves one open to the end of the file: the row began where no field should have.</summary>
    private void CheckQuotes(ReadOnlySpan<char> row, int line)
    {
        if ((row.Count('"') & 1) == 0)
        {
            return;
        }

        // Quotes open and close in turn; a doubled one closes and opens again. The one that was left open is the last that opened where a field
        // begins: where a closing quote was forgotten, later ones open in the middle of what they should have closed.
        bool open = false;
        bool fieldBegins = true;
        int opened = line;
        int at = line;
        foreach (char c in row)
        {
            if (c == '"')
            {
                open = !open;
                opened = open && fieldBegins ? at : opened;
            }
            else if (c == '\n')
            {
                at++;
            }

            fieldBegins = !open && c == _options.Delimiter;
        }

        throw new DatasetException($"{_source} line {opened}: expected a closing quote (\"), got the end of the file; close it, or double a quote that belongs to a value.");
    }

    private void ReadHeader(SepReader.Row row, int line)
    {
        var names = new string[row.ColCount];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = row[i].Span.Trim().ToString();
            int first = Array.IndexOf(names, names[i], 0, i);
            if (first >= 0)
            {
                throw new DatasetException($"{_source} line {line}: expected distinct column names, got '{names[i]}' for columns {first + 1} and {i + 1}; rename one.");
            }
        }

        CsvColumn[] missing = [.. (_options.Columns ?? []).Where(column => !names.Contains(column.Name))];
        if (missing.Length > 0)
        {
            throw new DatasetException(
                $"{_source} line {line}: expected the column{(missing.Length > 1 ? "s" : "")} {string.Join(", ", missing.Select(column => $"'{column.Name}'"))}, got only {string.Join(", ", names.Select(name => $"'{name}'"))}; check the header and the delimiter '{_options.Delimiter}'.");
        }

        Begin(names);
    }

    private void NameColumns(int count, int line)
    {
        if (_options.Columns is { } columns && columns.Count != count)
        {
            throw WrongCount(columns.Count, count, line, "");
        }

        Begin([.. _options.Columns?.Select(column => column.Name) ?? Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"c{i}"))]);
    }

    private void Begin(string[] names)
    {
        _names = names;
        _missing = new bool[names.Length];
        _builders = Array.ConvertAll(names, name => _options.Columns?.FirstOrDefault(column => column.Name == name) is { } column
            ? ColumnBuilder.For(column)
            : _options is { Columns: not null, OnlyNamedColumns: true } ? null : ColumnBuilder.Inferred(name));
    }

    private void AddRow(SepReader.Row row, int line)
    {
        if (row.ColCount != _builders.Length)
        {
            throw WrongCount(_builders.Length, row.ColCount, line, _options.HasHeader ? " as in the header" : _options.Columns is null ? " as in the first row" : "");
        }

        bool any = false;
        for (int i = 0; i < _builders.Length; i++)
        {
            ReadOnlySpan<char> field = row[i].Span;
            _missing[i] = _builders[i] is { } builder && _missingTexts.Contains(field.Trim()) && builder.CanMiss(field.Trim());
            if (_missing[i] && _options.Missing == MissingValues.Refuse)
            {
                throw new DatasetException(
                    $"{_source} line {line}: expected a value in column '{_names[i]}', got '{field}', which stands for a missing one; fill it in, or set CsvOptions.Missing to Keep or DropRow.");
            }

            any |= _missing[i];
        }

        if (any && _options.Missing == MissingValues.DropRow)
        {
            return;
        }

        for (int i = 0; i < _builders.Length; i++)
        {
            if (_missing[i])
            {
                _builders[i]!.AddMissing();
            }
            else if (_builders[i] is { } builder && !builder.Add(row[i].Span))
            {
                throw new DatasetException($"{_source} line {line}: expected {builder.Expected} in column '{_names[i]}', got '{row[i].Span}'.");
            }
        }

        _lines.Add(line);
    }

    private DatasetException WrongCount(int expected, int got, int line, string where) => new(
        $"{_source} line {line}: expected {expected} field{(expected == 1 ? "" : "s")}{where}, got {got}; quote a value that holds the delimiter '{_options.Delimiter}'.");
}
