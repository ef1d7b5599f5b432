using System.CommandLine;
using System.CommandLine.Help;
using Toolkit.Cli.Frame;
using Toolkit.Export;

namespace Toolkit.Cli;

/// <summary>
/// The command line without the process: tests and <see cref="Program"/> call it alike. With <c>--json</c> the only line on
/// standard output is one JSON object; an error is one line on standard error.
/// </summary>
public static class ToolkitCli
{
    /// <summary>The command's name in messages.</summary>
    public const string Name = "toolkit";

    /// <summary>Parses and runs one command line.</summary>
    /// <param name="args">The arguments, the program's name not included.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="cancellation">Stops the command as Ctrl-C does.</param>
    /// <returns>The exit status: 0 done, 1 a check failed, 2 bad usage or input, 130 stopped.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        var globals = new GlobalOptions();
        RootCommand root = CreateRoot(globals, output, error, cancellation);
        ParseResult parse = root.Parse(args.Count == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (UsageError.Find(parse) is { } usage)
        {
            error.WriteLine(usage);
            return ExitStatus.BadInput;
        }

        try
        {
            return parse.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception exception)
        {
            // The last stop before the process ends: whatever went wrong, a person gets a line and not a trace.
            error.WriteLine(ErrorLine.For(UsageError.PathOf(parse.CommandResult), exception));
            if (parse.GetValue(globals.Debug))
            {
                error.WriteLine(exception);
            }

            return ErrorLine.ExitStatusFor(exception);
        }
    }

    private static RootCommand CreateRoot(GlobalOptions globals, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var root = new RootCommand("Trains networks in C#, exports them as standard ONNX, and runs them on ONNX Runtime or on the managed engine.");
        foreach (Option option in globals.All)
        {
            root.Options.Add(option);
        }

        foreach (Command command in CommandTable.Create())
        {
            root.Subcommands.Add(command);
        }

        foreach (ToolkitCommand command in root.Subcommands.SelectMany(command => command.Subcommands.Append(command)).OfType<ToolkitCommand>())
        {
            command.SetAction(parse => Execute(command, new CommandContext(parse, globals, output, error, cancellation), output));
        }

        foreach (Option option in root.Options)
        {
            switch (option)
            {
                case HelpOption help:
                    help.Action = new HelpText(Terminal.Width(output, HelpText.DefaultWidth));
                    break;
                case VersionOption version:
                    version.Action = new VersionAction($"{Name} {OnnxExporter.ProducerVersion}");
                    break;
            }
        }

        return root;
    }

    private static int Execute(ToolkitCommand command, CommandContext context, TextWriter output)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        Outcome result = command.Execute(context);
        if (context.Json)
        {
            output.WriteLine(result.Json.ToJsonString(JsonText.OneLine));
        }

        return result.ExitStatus;
    }
}
