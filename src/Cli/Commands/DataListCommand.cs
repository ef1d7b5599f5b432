using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli.Commands;

/// <summary><c>data list</c>: the data sets and where they are on this machine.</summary>
internal sealed class DataListCommand() : ToolkitCommand("list", "Lists the data sets and where they are on this machine.", "data list", "data list --data ./datasets --json")
{
    public override Outcome Execute(CommandContext context)
    {
        DatasetRequest request = context.DataRequest;
        var list = new List<JsonObject>();
        Table table = Tables.Create("data set", "train", "test", "classes", "where", "what");
        foreach (DatasetEntry entry in DatasetCatalog.All)
        {
            string? place = entry.Find(request);
            list.Add(new JsonObject
            {
                ["name"] = entry.Name,
                ["description"] = entry.Description,
                ["train"] = entry.TrainCount,
                ["test"] = entry.TestCount,
                ["classes"] = entry.Classes.Count,
                ["embedded"] = entry.IsEmbedded,
                ["path"] = place,
            });
            Tables.AddRow(
                table,
                entry.Name,
                entry.TrainCount.ToString("N0", CultureInfo.InvariantCulture),
                entry.TestCount.ToString("N0", CultureInfo.InvariantCulture),
                entry.Classes.Count.ToString(CultureInfo.InvariantCulture),
                place ?? "not here",
                entry.Description);
        }

        context.Console.Write(table);
        return new Outcome(new JsonObject { ["datasets"] = JsonText.Objects(list) });
    }
}
