using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Toolkit.Cli.Frame;

/// <summary>Help: the usual sections, then examples and notes.</summary>
internal sealed class HelpText(int width) : SynchronousCommandLineAction
{
    /// <summary>Columns where the output is no terminal.</summary>
    public const int DefaultWidth = 110;

    private static readonly string[] RootExamples =
    [
        "train mnist-mlp",
        "evaluate mnist-mlp.onnx --dataset mnist",
        "run mnist-mlp.onnx --input digit.png",
        "doctor",
    ];

    private static readonly string[] RootNotes =
    [
        "Exit status: 0 done; 1 the work ran and its check failed; 2 bad usage or input; 130 stopped by Ctrl-C, 143 by SIGTERM.",
        "Data sets are looked for in --data DIR, then $TOOLKIT_DATA, then the user's cache, then on the network.",
    ];

    private readonly HelpAction _sections = new() { MaxWidth = width };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int exit = WriteSections(parseResult);
        TextWriter writer = parseResult.InvocationConfiguration.Output;
        (IReadOnlyList<string> examples, IReadOnlyList<string> notes) = parseResult.CommandResult.Command switch
        {
            ToolkitCommand command => (command.Examples, command.Notes),
            RootCommand => (RootExamples, RootNotes),
            _ => ([], []),
        };
        if (examples.Count > 0)
        {
            writer.WriteLine("Examples:");
        }

        foreach (string example in examples)
        {
            writer.WriteLine($"  {ToolkitCli.Name} {example}");
        }

        foreach (string note in notes)
        {
            writer.WriteLine();
            Wrap(writer, note, width);
        }

        return exit;
    }

    // Without the arguments of the commands above: a command within a command takes none of them.
    private int WriteSections(ParseResult parseResult)
    {
        Argument[] above = [.. Above(parseResult.CommandResult.Command).SelectMany(command => command.Arguments).Where(argument => !argument.Hidden)];
        Array.ForEach(above, argument => argument.Hidden = true);
        try
        {
            return _sections.Invoke(parseResult);
        }
        finally
        {
            Array.ForEach(above, argument => argument.Hidden = false);
        }
    }

    private static IEnumerable<Command> Above(Command command)
    {
        foreach (Command parent in command.Parents.OfType<Command>())
        {
            yield return parent;
            foreach (Command further in Above(parent))
            {
                yield return further;
            }
        }
    }

    private static void Wrap(TextWriter writer, string text, int width)
    {
        int column = 0;
        foreach (string word in text.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > width)
            {
                writer.WriteLine();
                column = 0;
            }

            writer.Write(column == 0 ? word : " " + word);
            column += word.Length + (column == 0 ? 0 : 1);
        }

        writer.WriteLine();
    }
}
