using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.Export;

namespace Toolkit.Cli;

/// <summary>Cross-check reports for people and for scripts.</summary>
internal static class ReportText
{
    /// <summary>What was compared: <c>10,000 test samples at batch 1024, the first 512 also at 1, 7, 128</c>.</summary>
    public static string Samples(CrossCheckReport report, string noun)
    {
        int greatest = report.BatchSizes[^1];
        string all = string.Create(CultureInfo.InvariantCulture, $"{report.Samples:N0} {noun}{(greatest == 0 ? "" : $" at batch {greatest}")}");
        int[] others = [.. report.BatchSizes.SkipLast(1)];
        if (others.Length == 0)
        {
            return all;
        }

        int few = report.SamplesAt(others[0]);
        return $"{all}, {(few < report.Samples ? $"the first {few} also" : "also")} at {string.Join(", ", others)}";
    }

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
