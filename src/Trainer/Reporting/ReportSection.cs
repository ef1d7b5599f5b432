namespace Toolkit.Trainer.Reporting;

/// <summary>A part of a report with its own heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Text">Plain text below it; an empty line separates paragraphs. May be empty.</param>
/// <param name="Items">Figures, tables and further text in order.</param>
public sealed record ReportSection(string Title, string Text, params IReadOnlyList<ReportItem> Items)
{
    /// <summary>The heading.</summary>
    public string Title { get; } = Figures.Named(nameof(ReportSection), Title);

    /// <summary>Plain text below the heading; an empty line separates paragraphs.</summary>
    public string Text { get; } = Text ?? throw new ArgumentNullException(nameof(Text));

    /// <summary>Figures, tables and further text in order.</summary>
    public IReadOnlyList<ReportItem> Items { get; } = Figures.AllThere(nameof(ReportSection), Items);
}
