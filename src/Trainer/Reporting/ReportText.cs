namespace Toolkit.Trainer.Reporting;

/// <summary>Plain text between figures; an empty line separates paragraphs.</summary>
/// <param name="Text">The text.</param>
public sealed record ReportText(string Text) : ReportItem
{
    /// <summary>The text.</summary>
    public string Text { get; } = Text ?? throw new ArgumentNullException(nameof(Text));
}
