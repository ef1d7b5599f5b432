using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Spreads one column of categories over a column a category, 1 where a row has it and 0 elsewhere, in the order of pandas' <c>get_dummies</c>:
/// numbers in their order, other texts by their characters' codes, each column named by the old one and the category: <c>season_1</c>.
/// </summary>
public sealed class OneHotEncoder
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly string[] _categories;

    /// <summary>Makes an encoder of categories that are known.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="categories">The categories, in the order of the new columns.</param>
    /// <param name="dropFirst">Whether the first category has no column of its own: it is what all zeros mean.</param>
    /// <param name="unknown">What to do with any other category.</param>
    /// <exception cref="ArgumentException">There are no categories, or one comes twice.</exception>
    public OneHotEncoder(string column, IReadOnlyList<string> categories, bool dropFirst = false, UnknownCategory unknown = UnknownCategory.Refuse)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(categories);
        Column = column;
        DropFirst = dropFirst;
        Unknown = unknown;
        _categories = [.. categories];
        for (int i = 0; i < _categories.Length; i++)
        {
            if (!_places.TryAdd(_categories[i], i))
            {
                throw new ArgumentException($"OneHotEncoder: expected distinct categories for '{column}', got '{_categories[i]}' twice.", nameof(categories));
            }
        }

        if (_categories.Length == 0)
        {
            throw new ArgumentException($"OneHotEncoder: expected at least one category for '{column}', got none.", nameof(categories));
        }
    }

    /// <summary>The name of the column that is spread.</summary>
    public string Column { get; }

    /// <summary>The categories, in their order.</summary>
    public IReadOnlyList<string> Categories => _categories;

    /// <summary>Whether the first category has no column of its own.</summary>
    public bool DropFirst { get; }

    /// <summary>What to do with a category that is none of <see cref="Categories"/>.</summary>
    public UnknownCategory Unknown { get; }

    /// <summary>The number of new columns.</summary>
    public int Count => _categories.Length - (DropFirst ? 1 : 0);

    /// <summary>The names of the new columns: <c>season_1</c>.</summary>
    public IReadOnlyList<string> FeatureNames => [.. _categories.Skip(DropFirst ? 1 : 0).Select(category => $"{Column}_{category}")];

    /// <summary>Takes the categories from the training part.</summary>
    /// <param name="train">The training part. A column of numbers has its different numbers for categories.</param>
    /// <param name="column">The name of the column.</param>
    /// <param name="dropFirst">Whether the first category has no column of its own.</param>
    /// <param name="unknown">What to do with a category that the training part does not have.</param>
    /// <exception cref="DatasetException">There is no such column, or it misses all its values.</exception>
    public static OneHotEncoder Fit(CsvTable train, string column, bool dropFirst = false, UnknownCategory unknown = UnknownCategory.Refuse)
    {
        ArgumentNullException.ThrowIfNull(train);
        IReadOnlyList<string> levels = train.Levels(column);
        return levels.Count > 0
            ? new OneHotEncoder(column, levels, dropFirst, unknown)
            : throw new DatasetException($"{train.Source}: expected categories in column '{column}', got none.");
    }

    /// <summary>Spreads the column: [rows, <see cref="Count"/>]. A missing value gives a row of zeros.</summary>
    /// <exception cref="DatasetException">There is no such column, or a category is unknown and refused.</exception>
    public Tensor<float> Transform(CsvTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var rows = new Tensor<float>([table.RowCount, Count]);
        Write(table, rows.Span, Count, 0);
        return rows;
    }

    /// <summary>The category of each row of encoded values, the greatest value's; with <see cref="DropFirst"/>, the first where none is above 0.5.</summary>
    /// <param name="rows">Encoded values or probabilities, [n, <see cref="Count"/>].</param>
    /// <exception cref="ArgumentException">The tensor has another number of columns.</exception>
    public IReadOnlyList<string> InverseTransform(Tensor<float> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Shape.Rank != 2 || rows.Shape[1] != Count)
        {
            throw new ArgumentException($"OneHotEncoder '{Column}': expected [n, {Count}], got {rows.Shape}.", nameof(rows));
        }

        ReadOnlySpan<float> values = ((Tensor<float>)rows.Contiguous()).Span;
        var categories = new string[rows.Shape[0]];
        for (int row = 0; row < categories.Length; row++)
        {
            int best = DropFirst ? -1 : 0;
            float greatest = DropFirst ? 0.5f : float.NegativeInfinity;
            for (int i = 0; i < Count; i++)
            {
                if (values[(row * Count) + i] > greatest)
                {
                    best = i;
                    greatest = values[(row * Count) + i];
                }
            }

            categories[row] = _categories[best + (DropFirst ? 1 : 0)];
        }

        return categories;
    }

    /// <summary>Writes the new columns into the rows of a wider table.</summary>
    internal void Write(CsvTable table, Span<float> rows, int stride, int first)
    {
        IReadOnlyList<string> texts = table.Texts(Column);
        for (int row = 0; row < texts.Count; row++)
        {
            Span<float> cells = rows.Slice((row * stride) + first, Count);
            cells.Clear();
            if (_places.TryGetValue(texts[row], out int place))
            {
                place -= DropFirst ? 1 : 0;
                if (place >= 0)
                {
                    cells[place] = 1;
                }
            }
            else if (texts[row].Length > 0 && Unknown == UnknownCategory.Refuse)
            {
                throw new DatasetException(
                    $"{table.Place(row)}: expected one of {string.Join(", ", _categories.Select(category => $"'{category}'"))} in column '{Column}', got '{texts[row]}'; fit on data that has it, or use UnknownCategory.Zeros.");
            }
        }
    }
}
