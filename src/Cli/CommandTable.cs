using System.CommandLine;
using Toolkit.Cli.Commands;

namespace Toolkit.Cli;

/// <summary>Every command, in the order in which help lists them.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<Command> Create() =>
    [
        new RecipesCommand(),
        new TrainCommand(),
        new EvaluateCommand(),
        new RunCommand(),
        new InspectCommand(),
        new CrossCheckCommand(),
        new QuantizeCommand(),
        new BenchCommand(),
        new ConformanceCommand(),
        new Command("data", "Lists data sets and fetches them.") { new DataListCommand(), new DataGetCommand() },
        new DoctorCommand(),
    ];
}
