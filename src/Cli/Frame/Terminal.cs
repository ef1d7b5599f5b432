using Spectre.Console;

namespace Toolkit.Cli.Frame;

/// <summary>Knows whether text goes to a person's terminal.</summary>
internal static class Terminal
{
    /// <summary>Columns of a table that goes to a file or a pipe, where nothing may wrap.</summary>
    private const int UnboundedWidth = 200;

    /// <summary>A console for tables and colours; plain text where the writer is no terminal.</summary>
    public static IAnsiConsole CreateConsole(TextWriter writer)
    {
        bool isTerminal = IsTerminal(writer);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = UnboundedWidth;
        }

        return console;
    }

    /// <summary>Whether the writer is a standard stream that has not been redirected.</summary>
    public static bool IsTerminal(TextWriter writer) =>
        (ReferenceEquals(writer, System.Console.Out) && !System.Console.IsOutputRedirected)
        || (ReferenceEquals(writer, System.Console.Error) && !System.Console.IsErrorRedirected);

    /// <summary>Columns of the terminal; <paramref name="otherwise"/> where there is none.</summary>
    public static int Width(TextWriter writer, int otherwise)
    {
        try
        {
            return IsTerminal(writer) && System.Console.WindowWidth > 0 ? System.Console.WindowWidth : otherwise;
        }
        catch (IOException)
        {
            return otherwise;
        }
    }
}
