using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.Cli.Health;

namespace Toolkit.Cli.Commands;

/// <summary><c>doctor</c>: what this machine can run and what is missing.</summary>
internal sealed class DoctorCommand() : ToolkitCommand("doctor", "Says what this machine can run and what is missing.", "doctor", "doctor --json")
{
    public override IReadOnlyList<string> Notes => ["Exit status 1 only where something that is required is broken; a missing GPU or data set is no fault."];

    public override Outcome Execute(CommandContext context)
    {
        IReadOnlyList<HealthCheck> checks = HealthChecks.Run(context);
        Table table = Tables.Create("check", "state", "detail");
        foreach (HealthCheck check in checks)
        {
            Style style = check.State switch
            {
                HealthState.Ok => new Style(Color.Green),
                HealthState.Missing => new Style(Color.Yellow),
                _ => new Style(Color.Red),
            };
            table.AddRow(new Text(check.Name), new Text(check.State.Word(), style), new Text(check.Detail));
        }

        context.Console.Write(table);
        bool broken = checks.Any(check => check.State == HealthState.Broken);
        return new Outcome(
            new JsonObject
            {
                ["checks"] = JsonText.Objects(checks.Select(check => new JsonObject
                {
                    ["name"] = check.Name,
                    ["state"] = check.State.Word(),
                    ["detail"] = check.Detail,
                })),
                ["healthy"] = !broken,
            },
            broken ? ExitStatus.CheckFailed : ExitStatus.Done);
    }
}
