using System.CommandLine;
using System.Text.Json.Nodes;
using Toolkit.Cli.Frame;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli.Commands;

/// <summary><c>data get</c>: sees to it that a data set is on this machine.</summary>
internal sealed class DataGetCommand : ToolkitCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The data set; 'data list' shows them." };

    public DataGetCommand()
        : base("get", "Finds a data set on this machine, or downloads and checks it.", "data get mnist") => Arguments.Add(_name);

    public override Outcome Execute(CommandContext context)
    {
        DatasetEntry entry = DatasetCatalog.Get(context.Get(_name));
        string place = entry.Fetch(context.DataRequest, context.Cancellation);
        context.Output.WriteLine($"{entry.Name}: {place}");
        return new Outcome(new JsonObject
        {
            ["datasets"] = JsonText.Objects([new JsonObject { ["name"] = entry.Name, ["path"] = place, ["train"] = entry.TrainCount, ["test"] = entry.TestCount }]),
        });
    }
}
