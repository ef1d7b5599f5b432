using System.CommandLine;

namespace Toolkit.Cli.Frame;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object on standard output, and nothing else there.", Recursive = true };

    public Option<bool> Quiet { get; } = new("--quiet") { Description = "No progress and no notes: results and errors only.", Recursive = true };

    public Option<int?> Threads { get; } = OptionOf.OptionalInt("--threads", "N", "Threads to compute with; one a core by default.", 1, 1024);

    public Option<int> Seed { get; } = OptionOf.Int("--seed", "N", "Seed of everything random.", 0, int.MaxValue, 42);

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Folder of data sets, looked at before $TOOLKIT_DATA, the cache and the network.",
        HelpName = "DIR",
        Recursive = true,
    };

    public Option<bool> Offline { get; } = new("--offline") { Description = "Never touch the network.", Recursive = true };

    public Option<string?> ExternalData { get; } = new("--external-data")
    {
        Description = "Folder from which a model's tensors may be read that are stored outside of its file; none by default.",
        HelpName = "DIR",
        Recursive = true,
    };

    public Option<bool> Debug { get; } = new("--debug") { Description = "Print the stack trace of an error.", Recursive = true };

    public IEnumerable<Option> All => [Json, Quiet, Threads, Seed, Data, Offline, ExternalData, Debug];

    public GlobalOptions()
    {
        Threads.Recursive = true;
        Seed.Recursive = true;
    }
}
