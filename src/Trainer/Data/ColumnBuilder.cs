using System.Globalization;

namespace Toolkit.Trainer.Data;

/// <summary>Collects the values of one column of a CSV file as the rows come.</summary>
internal abstract class ColumnBuilder(string name)
{
    /// <summary>The form of a number in every CSV file: no thousands separator, which could be a decimal comma.</summary>
    private const NumberStyles NumberStyle = NumberStyles.Float;

    private static readonly string[] IsoDates = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    protected string Name { get; } = name;

    /// <summary>What the column expects, for a message; null where it takes anything.</summary>
    public virtual string? Expected => null;

    /// <summary>Whether a text may stand for a missing value.</summary>
    public virtual bool CanMiss(ReadOnlySpan<char> field) => true;

    /// <summary>Takes a value; false where it is none of the column's.</summary>
    public abstract bool Add(ReadOnlySpan<char> field);

    public abstract void AddMissing();

    public abstract TableColumn Build();

    public static ColumnBuilder For(CsvColumn column) => column.Kind switch
    {
        ColumnKind.Number => new OfNumbers(column.Name),
        ColumnKind.Category => new OfCategories(column.Name, column.Levels),
        ColumnKind.Date => new OfDates(column.Name, column.Format),
        ColumnKind.Text => new OfTexts(column.Name),
        _ => throw new ArgumentException($"CSV column '{column.Name}': {column.Kind} is no kind of column.", nameof(column)),
    };

    public static ColumnBuilder Inferred(string name) => new OfAnything(name);

    /// <summary>Sorts levels by number where all are numbers, else by their characters' codes.</summary>
    public static string[] SortLevels(IEnumerable<string> levels)
    {
        string[] sorted = [.. levels];
        double[] keys = new double[sorted.Length];
        bool numbers = true;
        for (int i = 0; i < sorted.Length && numbers; i++)
        {
            numbers = double.TryParse(sorted[i], NumberStyle, CultureInfo.InvariantCulture, out keys[i]) && !double.IsNaN(keys[i]);
        }

        Array.Sort(sorted, StringComparer.Ordinal);
        if (numbers)
        {
            sorted = [.. sorted.OrderBy(level => double.Parse(level, NumberStyle, CultureInfo.InvariantCulture))];
        }

        return sorted;
    }

    private sealed class OfNumbers(string name) : ColumnBuilder(name)
    {
        private readonly List<double> _values = [];

        public override string Expected => "a number";

        public override bool Add(ReadOnlySpan<char> field)
        {
            // Infinity is no measurement, and NaN is what stands for a missing value.
            if (!double.TryParse(field, NumberStyle, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            {
                return false;
            }

            _values.Add(value);
            return true;
        }

        public override void AddMissing() => _values.Add(double.NaN);

        public override TableColumn Build() => TableColumn.OfNumbers(Name, [.. _values]);
    }

    private sealed class OfCategories : ColumnBuilder
    {
        private readonly List<int> _codes = [];
        private readonly List<string> _levels = [];
        private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
        private readonly bool _closed;

        public OfCategories(string name, IReadOnlyList<string>? levels)
            : base(name)
        {
            _closed = levels is not null;
            foreach (string level in levels ?? [])
            {
                Open(level);
            }
        }

        public override string? Expected => _closed ? $"one of {string.Join(", ", _levels.Select(level => $"'{level}'"))}" : null;

        public override bool CanMiss(ReadOnlySpan<char> field) => !_closed || !_codeOf.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(field);

        public override bool Add(ReadOnlySpan<char> field)
        {
            if (!_codeOf.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(field, out int code))
            {
                if (_closed)
                {
                    return false;
                }

                code = Open(field.ToString());
            }

            _codes.Add(code);
            return true;
        }

        public override void AddMissing() => _codes.Add(-1);

        public override TableColumn Build()
        {
            if (_closed)
            {
                return TableColumn.OfCategories(Name, [.. _codes], [.. _levels]);
            }

            string[] sorted = SortLevels(_levels);
            int[] place = [.. _levels.Select(level => Array.IndexOf(sorted, level))];
            return TableColumn.OfCategories(Name, [.. _codes.Select(code => code < 0 ? -1 : place[code])], sorted);
        }

        private int Open(string level)
        {
            if (!_codeOf.TryAdd(level, _levels.Count))
            {
                throw new ArgumentException($"CSV column '{Name}': expected distinct levels, got '{level}' twice.");
            }

            _levels.Add(level);
            return _levels.Count - 1;
        }
    }

    private sealed class OfDates(string name, string? format) : ColumnBuilder(name)
    {
        private readonly string[] _formats = format is null ? IsoDates : [format];
        private readonly List<DateTime> _values = [];

        public override string Expected => format is null ? "a date as 2011-01-31 or 2011-01-31T23:00:00" : $"a date as {format}";

        public override bool Add(ReadOnlySpan<char> field)
        {
            if (!DateTime.TryParseExact(field, _formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime value))
            {
                return false;
            }

            _values.Add(value);
            return true;
        }

        public override void AddMissing() => _values.Add(DateTime.MinValue);

        public override TableColumn Build() => TableColumn.OfDates(Name, [.. _values]);
    }

    private sealed class OfTexts(string name) : ColumnBuilder(name)
    {
        private readonly List<string> _values = [];

        public override bool CanMiss(ReadOnlySpan<char> field) => false;

        public override bool Add(ReadOnlySpan<char> field)
        {
            _values.Add(field.ToString());
            return true;
        }

        public override void AddMissing() => _values.Add("");

        public override TableColumn Build() => TableColumn.OfTexts(Name, [.. _values]);
    }

    /// <summary>Keeps the texts, each different one once, and takes the narrowest kind that holds them all.</summary>
    private sealed class OfAnything(string name) : ColumnBuilder(name)
    {
        private readonly List<string?> _values = [];
        private readonly HashSet<string> _distinct = new(StringComparer.Ordinal);

        public override bool Add(ReadOnlySpan<char> field)
        {
            HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = _distinct.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!lookup.TryGetValue(field, out string? text))
            {
                text = field.ToString();
                _distinct.Add(text);
            }

            _values.Add(text);
            return true;
        }

        public override void AddMissing() => _values.Add(null);

        public override TableColumn Build()
        {
            int count = _values.Count(value => value is not null);
            return TryBuild(new OfNumbers(Name))
                ?? (count == 0 ? null : TryBuild(new OfDates(Name, null)))
                ?? (_distinct.Count <= count / 2 ? TryBuild(new OfCategories(Name, null)) : null)
                ?? TryBuild(new OfTexts(Name))!;
        }

        private TableColumn? TryBuild(ColumnBuilder builder)
        {
            foreach (string? value in _values)
            {
                if (value is null)
                {
                    builder.AddMissing();
                }
                else if (!builder.Add(value))
                {
                    return null;
                }
            }

            return builder.Build();
        }
    }
}
