namespace Toolkit.Trainer.Reporting;

/// <summary>
/// What is to be told about a training: facts, then sections of text and figures. It is data only; a renderer makes a page of it.
/// </summary>
public sealed class Report
{
    private readonly List<ReportFact> _facts = [];
    private readonly List<ReportSection> _sections = [];

    /// <summary>Makes an empty report.</summary>
    /// <param name="title">What it is about, in a few words.</param>
    /// <param name="subtitle">A sentence below the title; may be empty.</param>
    /// <exception cref="ArgumentException">The title is empty.</exception>
    public Report(string title, string subtitle = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(subtitle);
        Title = title;
        Subtitle = subtitle;
    }

    /// <summary>What it is about, in a few words.</summary>
    public string Title { get; }

    /// <summary>A sentence below the title; may be empty.</summary>
    public string Subtitle { get; }

    /// <summary>What must be known before any figure is read, such as that stand-in data was used; empty for nothing.</summary>
    public string Notice { get; init; } = "";

    /// <summary>The facts at the top, in order.</summary>
    public IReadOnlyList<ReportFact> Facts => _facts;

    /// <summary>The sections in order.</summary>
    public IReadOnlyList<ReportSection> Sections => _sections;

    /// <summary>Adds a fact to the table at the top.</summary>
    /// <param name="name">What it is: <c>Parameters</c>.</param>
    /// <param name="value">Its value as people read it: <c>407,050</c>.</param>
    public void AddFact(string name, string value) => _facts.Add(new ReportFact(name, value));

    /// <summary>Adds a section at the end.</summary>
    /// <param name="section">The section.</param>
    public void Add(ReportSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        _sections.Add(section);
    }
}
