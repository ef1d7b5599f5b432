using System.Text;
using System.Text.Json;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Turns the columns of a table into the inputs of a network, [rows, features], float32. Fitted on the training part only, applied to all parts:
/// what it learned (means, ranges, categories) comes from the rows it was fitted on.
/// </summary>
public sealed class TableFeatures
{
    private readonly Step[] _steps;

    private TableFeatures(Step[] steps)
    {
        _steps = steps;
        FeatureNames = [.. steps.SelectMany(step => step.Encoder?.FeatureNames ?? [step.Column])];
        string? twice = FeatureNames.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (steps.Length == 0 || twice is not null)
        {
            throw new ArgumentException(steps.Length == 0
                ? "TableFeatures: expected at least one column, got none."
                : $"TableFeatures: expected distinct feature names, got '{twice}' twice; name each column once.");
        }
    }

    /// <summary>The names of the features in their order: <c>temp</c>, <c>season_1</c>.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The number of features.</summary>
    public int Count => FeatureNames.Count;

    /// <summary>
    /// All that was fitted, as JSON for a model's metadata: a list with one object a column, <c>{"column":"temp","offset":0.497,"scale":0.193}</c>
    /// for y = (x − offset) / scale and <c>{"column":"season","one_hot":["1","2","3","4"]}</c>. <see cref="Parse"/> reads it back.
    /// </summary>
    public string Normalization
    {
        get
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartArray();
                foreach (Step step in _steps)
                {
                    step.Write(json);
                }

                json.WriteEndArray();
            }

            return Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    /// <summary>Fits the features on the training part.</summary>
    /// <param name="train">The training part.</param>
    /// <param name="features">What becomes of which column; columns that are not named are left out. The features keep this order.</param>
    /// <exception cref="DatasetException">A column is missing, holds no numbers, or misses a value.</exception>
    /// <exception cref="ArgumentException">There are no features, a column comes twice, or there are too few rows.</exception>
    public static TableFeatures Fit(CsvTable train, params IReadOnlyList<TableFeature> features)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(features);
        return new TableFeatures([.. features.Select(feature => FitOne(train, feature))]);
    }

    /// <summary>Reads what <see cref="Normalization"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static TableFeatures Parse(string normalization)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        try
        {
            using JsonDocument document = JsonDocument.Parse(normalization);
            return new TableFeatures([.. document.RootElement.EnumerateArray().Select(Step.Read)]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException)
        {
            throw new FormatException($"TableFeatures: expected a JSON list of columns with offset and scale, or one_hot, got '{Shorten(normalization)}' ({exception.Message.TrimEnd('.')}).", exception);
        }
    }

    /// <summary>The features of a table, [rows, <see cref="Count"/>].</summary>
    /// <exception cref="DatasetException">A column is missing, holds no numbers, misses a value, or has a category that is refused.</exception>
    public Tensor<float> Transform(CsvTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var tensor = new Tensor<float>([table.RowCount, Count]);
        int first = 0;
        foreach (Step step in _steps)
        {
            step.Transform(table, tensor.Span, Count, first);
            first += step.Count;
        }

        return tensor;
    }

    /// <summary>A value of a numeric feature in the column's own unit: x = y · scale + offset.</summary>
    /// <param name="feature">The name of the feature.</param>
    /// <param name="value">Its value as the network sees it.</param>
    /// <exception cref="ArgumentException">There is no such feature, or it is one of a one-hot encoding.</exception>
    public double InverseTransform(string feature, double value) => ScalerOf(feature).InverseTransform(value);

    /// <summary>The two constants of a numeric feature.</summary>
    /// <exception cref="ArgumentException">There is no such feature, or it is one of a one-hot encoding.</exception>
    public ColumnScaler ScalerOf(string feature) => Array.Find(_steps, step => step.Column == feature)?.Scaler
        ?? throw new ArgumentException(
            $"TableFeatures: expected a numeric feature, one of {string.Join(", ", _steps.Where(step => step.Scaler is not null).Select(step => step.Column))}, got '{feature}'.", nameof(feature));

    /// <summary>The place of a feature in a row.</summary>
    /// <exception cref="ArgumentException">There is no such feature.</exception>
    public int IndexOf(string feature)
    {
        for (int i = 0; i < FeatureNames.Count; i++)
        {
            if (FeatureNames[i] == feature)
            {
                return i;
            }
        }

        throw new ArgumentException($"TableFeatures: '{feature}' is none of {string.Join(", ", FeatureNames)}.", nameof(feature));
    }

    private static Step FitOne(CsvTable train, TableFeature feature)
    {
        string column = feature.Column;
        if (feature.Encoding == FeatureEncoding.OneHot)
        {
            return new Step(column, null, feature.Categories is { } categories
                ? new OneHotEncoder(column, categories, feature.DropFirst, feature.Unknown)
                : OneHotEncoder.Fit(train, column, feature.DropFirst, feature.Unknown));
        }

        ReadOnlySpan<double> numbers = train.Complete(column);
        ColumnScaler scaler = feature.Encoding switch
        {
            FeatureEncoding.Standardized => Standardizer.Fit(numbers, feature.Ddof),
            FeatureEncoding.MinMax => MinMaxScaler.Fit(numbers, feature.Low, feature.High),
            _ => new Standardizer([0], [1]),
        };
        return new Step(column, scaler, null);
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..80]}…";

    /// <summary>One column: a scaler or an encoder.</summary>
    private sealed record Step(string Column, ColumnScaler? Scaler, OneHotEncoder? Encoder)
    {
        public int Count => Encoder?.Count ?? 1;

        public static Step Read(JsonElement json)
        {
            string column = json.GetProperty("column").GetString() ?? throw new FormatException("a column has no name");
            if (!json.TryGetProperty("one_hot", out JsonElement categories))
            {
                return new Step(column, new Standardizer([json.GetProperty("offset").GetDouble()], [json.GetProperty("scale").GetDouble()]), null);
            }

            return new Step(column, null, new OneHotEncoder(
                column,
                [.. categories.EnumerateArray().Select(category => category.GetString() ?? throw new FormatException("a category has no name"))],
                json.TryGetProperty("drop_first", out JsonElement dropFirst) && dropFirst.GetBoolean(),
                json.TryGetProperty("unknown", out JsonElement unknown) && unknown.GetString() == "zeros" ? UnknownCategory.Zeros : UnknownCategory.Refuse));
        }

        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("column", Column);
            if (Scaler is not null)
            {
                json.WriteNumber("offset", Scaler.Offsets[0]);
                json.WriteNumber("scale", Scaler.Scales[0]);
            }
            else
            {
                json.WriteStartArray("one_hot");
                foreach (string category in Encoder!.Categories)
                {
                    json.WriteStringValue(category);
                }

                json.WriteEndArray();
                if (Encoder.DropFirst)
                {
                    json.WriteBoolean("drop_first", true);
                }

                if (Encoder.Unknown == UnknownCategory.Zeros)
                {
                    json.WriteString("unknown", "zeros");
                }
            }

            json.WriteEndObject();
        }

        public void Transform(CsvTable table, Span<float> rows, int stride, int first)
        {
            if (Scaler is null)
            {
                Encoder!.Write(table, rows, stride, first);
                return;
            }

            ReadOnlySpan<double> numbers = table.Complete(Column);
            for (int row = 0; row < numbers.Length; row++)
            {
                rows[(row * stride) + first] = (float)Scaler.Transform(numbers[row]);
            }
        }
    }
}
