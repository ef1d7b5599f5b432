using Toolkit.Numerics;

namespace Toolkit.Trainer.Reporting;

/// <summary>The checks that the parts of a report share.</summary>
internal static class Figures
{
    public static string Named(string kind, string title) => string.IsNullOrWhiteSpace(title)
        ? throw new ArgumentException($"{kind}: expected a title or a name, got none.", nameof(title))
        : title;

    public static IReadOnlyList<T> AllThere<T>(string kind, IReadOnlyList<T> items)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(items);
        return items.Any(item => item is null) ? throw new ArgumentException($"{kind}: expected no null among {items.Count} items.", nameof(items)) : items;
    }

    public static IReadOnlyList<T> Some<T>(string kind, string title, IReadOnlyList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items.Count == 0 ? throw new ArgumentException($"{kind} '{title}': expected something to show, got nothing.", nameof(items)) : items;
    }

    public static Tensor<float> Matrix(string kind, string title, Tensor<float> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Shape.Rank == 2 && values.Length > 0
            ? values.Contiguous()
            : throw new ArgumentException($"{kind} '{title}': expected a matrix [rows,columns] with values, got {values.Shape}.", nameof(values));
    }

    public static IReadOnlyList<string> Labels(string kind, string title, string what, int count, IReadOnlyList<string> labels)
    {
        AllThere(kind, labels);
        return labels.Count == 0 || labels.Count == count
            ? labels
            : throw new ArgumentException($"{kind} '{title}': expected a label for each of {count} {what}, or none; got {labels.Count}.", nameof(labels));
    }

    public static (double First, double Last) Ascending(string kind, string title, string axis, (double First, double Last) range) =>
        double.IsFinite(range.First) && double.IsFinite(range.Last) && range.Last > range.First
            ? range
            : throw new ArgumentException($"{kind} '{title}': expected an ascending range along {axis}, got {range.First} to {range.Last}.", nameof(range));

    public static double[] ToDoubles(Tensor<float> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Array.ConvertAll(values.ToArray(), value => (double)value);
    }
}
