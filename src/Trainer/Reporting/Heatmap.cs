using Toolkit.Numerics;

namespace Toolkit.Trainer.Reporting;

/// <summary>A matrix whose values are shown as colours, and as numbers too where there are few.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Values">The matrix, [rows, columns]; row 0 is at the top.</param>
/// <param name="RowLabels">A name a row; empty for none.</param>
/// <param name="ColumnLabels">A name a column; empty for none.</param>
public sealed record Heatmap(string Title, Tensor<float> Values, IReadOnlyList<string> RowLabels, IReadOnlyList<string> ColumnLabels) : ReportItem
{
    /// <summary>The heading.</summary>
    public string Title { get; } = Figures.Named(nameof(Heatmap), Title);

    /// <summary>The matrix, [rows, columns]; row 0 is at the top.</summary>
    /// <exception cref="ArgumentException">It is no matrix.</exception>
    public Tensor<float> Values { get; } = Figures.Matrix(nameof(Heatmap), Title, Values);

    /// <summary>A name a row; empty for none.</summary>
    /// <exception cref="ArgumentException">There are some, but not one a row.</exception>
    public IReadOnlyList<string> RowLabels { get; } = Figures.Labels(nameof(Heatmap), Title, "rows", Values.Shape[0], RowLabels);

    /// <summary>A name a column; empty for none.</summary>
    /// <exception cref="ArgumentException">There are some, but not one a column.</exception>
    public IReadOnlyList<string> ColumnLabels { get; } = Figures.Labels(nameof(Heatmap), Title, "columns", Values.Shape[1], ColumnLabels);

    /// <summary>What the rows are: <c>truth</c>; may be empty.</summary>
    public string RowTitle { get; init; } = "";

    /// <summary>What the columns are: <c>predicted</c>; may be empty.</summary>
    public string ColumnTitle { get; init; } = "";

    /// <summary>Whether 0 is the middle of the colours, so that signs are told apart; for weights.</summary>
    public bool IsDiverging { get; init; }

    /// <summary>
    /// Whether colours tell each value's share of its row's sum, while the numbers stay; for a confusion matrix, in which rare classes would be pale otherwise.
    /// </summary>
    public bool IsShadedByRow { get; init; }
}
