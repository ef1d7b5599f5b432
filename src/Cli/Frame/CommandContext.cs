using System.CommandLine;
using Spectre.Console;
using Toolkit.EdgeRuntime;
using Toolkit.Onnx;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli.Frame;

/// <summary>One invocation as a command sees it: what was asked, where to print, when to stop.</summary>
internal sealed class CommandContext
{
    private readonly ParseResult _parse;
    private readonly GlobalOptions _globals;

    public CommandContext(ParseResult parse, GlobalOptions globals, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        _parse = parse;
        _globals = globals;
        Cancellation = cancellation;
        StandardError = error;
        Json = parse.GetValue(globals.Json);
        Quiet = parse.GetValue(globals.Quiet);
        Output = Json ? TextWriter.Null : output;
        Console = Terminal.CreateConsole(Output);
        Progress = Quiet ? TextWriter.Null : Json ? error : output;
        Notes = Quiet ? TextWriter.Null : error;
    }

    /// <summary>Cancelled by Ctrl-C and SIGTERM.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Whether standard output is for a script.</summary>
    public bool Json { get; }

    /// <summary>Whether progress and notes are unwanted.</summary>
    public bool Quiet { get; }

    /// <summary>Where results for people go: standard output, or nowhere with <c>--json</c>.</summary>
    public TextWriter Output { get; }

    /// <summary>The same for tables and colours.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Standard error, whatever <c>--quiet</c> says.</summary>
    public TextWriter StandardError { get; }

    /// <summary>Where progress goes: standard output, or standard error with <c>--json</c>; nowhere with <c>--quiet</c>.</summary>
    public TextWriter Progress { get; }

    /// <summary>Where notes go: standard error, or nowhere with <c>--quiet</c>.</summary>
    public TextWriter Notes { get; }

    /// <summary>Threads to compute with.</summary>
    public int Threads => _parse.GetValue(_globals.Threads) ?? Environment.ProcessorCount;

    /// <summary>The seed of everything random.</summary>
    public int Seed => _parse.GetValue(_globals.Seed);

    /// <summary>Where data sets are looked for.</summary>
    public DatasetRequest DataRequest => new()
    {
        Folder = _parse.GetValue(_globals.Data),
        Offline = _parse.GetValue(_globals.Offline),
        Progress = Quiet ? null : new DownloadLine(Notes),
    };

    /// <summary>How sessions run.</summary>
    public InferenceOptions InferenceOptions => new() { Threads = Threads, Limits = Limits };

    /// <summary>What a model may ask for, and the folder of external data that it may read.</summary>
    /// <exception cref="UsageException">There is no such folder.</exception>
    public OnnxLimits Limits => _parse.GetValue(_globals.ExternalData) is not { } folder ? OnnxLimits.Default
        : Directory.Exists(folder) ? OnnxLimits.Default with { ExternalDataFolder = folder }
        : throw new UsageException($"--external-data: expected a folder, found none at '{folder}'.");

    /// <summary>The value of an option.</summary>
    public T? Get<T>(Option<T> option) => _parse.GetValue(option);

    /// <summary>The value of an argument, which the parser has required.</summary>
    public T Get<T>(Argument<T> argument) => _parse.GetRequiredValue(argument);

    /// <summary>A line of advice or explanation.</summary>
    public void Note(string text) => Notes.WriteLine(text);
}
