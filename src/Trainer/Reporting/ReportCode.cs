namespace Toolkit.Trainer.Reporting;

/// <summary>Text whose spaces and line ends count: code, a truth table, a tensor as NumPy prints it.</summary>
/// <param name="Text">The text.</param>
public sealed record ReportCode(string Text) : ReportItem
{
    /// <summary>The text.</summary>
    public string Text { get; } = Text ?? throw new ArgumentNullException(nameof(Text));
}
