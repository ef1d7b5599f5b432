namespace Toolkit.Trainer.Reporting;

/// <summary>A thing in a section: a plot, a picture, a table, text.</summary>
public abstract record ReportItem
{
    // Closed: a renderer must know every kind.
    private protected ReportItem()
    {
    }

    /// <summary>A sentence below it that says what to see there; empty for none.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Whether it takes the page's whole width; otherwise two plots may stand side by side.</summary>
    public bool IsWide { get; init; }
}
