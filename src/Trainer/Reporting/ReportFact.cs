namespace Toolkit.Trainer.Reporting;

/// <summary>A line in the table of facts at the top of a report.</summary>
/// <param name="Name">What it is: <c>Parameters</c>.</param>
/// <param name="Value">Its value as people read it: <c>407,050</c>.</param>
public sealed record ReportFact(string Name, string Value)
{
    /// <summary>What it is.</summary>
    public string Name { get; } = Figures.Named(nameof(ReportFact), Name);

    /// <summary>Its value as people read it.</summary>
    public string Value { get; } = Value ?? throw new ArgumentNullException(nameof(Value));
}
