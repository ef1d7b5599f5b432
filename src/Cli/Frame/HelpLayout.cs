using System.CommandLine;
using System.CommandLine.Help;

namespace Toolkit.Cli.Frame;

/// <summary>Help: the usual sections, then examples, notes, and the exit statuses.</summary>
internal static class HelpLayout
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

    private static readonly string[] ExitNotes =
    [
        "Exit status: 0 done; 1 the work ran and its check failed; 2 bad usage or input; 130 stopped by Ctrl-C, 143 by SIGTERM.",
    ];

    public static HelpBuilder Create(int width)
    {
        var builder = new HelpBuilder(width);
        builder.CustomizeLayout(_ => [.. HelpBuilder.Default.GetLayout(), WriteExamples, WriteNotes]);
        return builder;
    }

    private static bool WriteExamples(HelpContext context)
    {
        IReadOnlyList<string> examples = context.Command switch
        {
            ToolkitCommand command => command.Examples,
            RootCommand => RootExamples,
            _ => [],
        };
        if (examples.Count == 0)
        {
            return false;
        }

        context.Output.WriteLine("Examples:");
        foreach (string example in examples)
        {
            context.Output.WriteLine($"  {ToolkitCli.Name} {example}");
        }

        return true;
    }

    private static bool WriteNotes(HelpContext context)
    {
        IReadOnlyList<string> notes = context.Command switch
        {
            ToolkitCommand command => command.Notes,
            RootCommand => ExitNotes,
            _ => [],
        };
        foreach (string note in notes)
        {
            Wrap(context.Output, note, context.HelpBuilder.MaxWidth);
        }

        return notes.Count > 0;
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
