using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.Export;

namespace Toolkit.Cli;

/// <summary>Cross-check reports for people and for scripts.</summary>
internal static class ReportText
{
    public static Table ToTable(CrossCheckReport report)
    {
        Table table = Tables.Create("backend", "max |diff|", "max relative", "arg-max differs", "agrees");
        foreach (BackendDifference backend in report.Backends)
        {
            table.AddRow(
                new Text(backend.Backend),
                new Text(backend.Difference.MaxAbsolute.ToString("0.0E+00", CultureInfo.InvariantCulture)),
                new Text(backend.Difference.MaxRelative.ToString("0.0E+00", CultureInfo.InvariantCulture)),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{backend.Difference.ArgMaxDisagreements} of {report.Samples}")),
                backend.Difference.Agrees ? new Text("yes", Color.Green) : new Text("NO", Color.Red));
        }

        return table;
    }

    public static JsonObject ToJson(BackendDifference backend) => new()
    {
        ["backend"] = backend.Backend,
        ["max_abs_diff"] = JsonText.Number(backend.Difference.MaxAbsolute),
        ["max_rel_diff"] = JsonText.Number(backend.Difference.MaxRelative),
        ["argmax_disagreements"] = backend.Difference.ArgMaxDisagreements,
        ["worst_batch_size"] = backend.WorstBatchSize,
        ["worst_output"] = backend.WorstOutput,
        ["agree"] = backend.Difference.Agrees,
    };
}
