using System.CommandLine;

namespace Toolkit.Cli.Frame;

/// <summary>One command: declares its options, calls the library, prints for people, and returns the object for scripts.</summary>
internal abstract class ToolkitCommand : Command
{
    protected ToolkitCommand(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    /// <summary>Command lines that help shows, without the leading <c>toolkit</c>.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Notes that help shows after the examples: file formats, defaults that depend on others, exit statuses.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>Does the work.</summary>
    public abstract Outcome Execute(CommandContext context);
}
