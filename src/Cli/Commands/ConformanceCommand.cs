using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.EdgeRuntime;
using Toolkit.EdgeRuntime.Conformance;

namespace Toolkit.Cli.Commands;

/// <summary><c>conformance</c>: ONNX's backend tests on a backend.</summary>
internal sealed class ConformanceCommand : ToolkitCommand
{
    private const string WhereTestsAre =
        "ONNX's own tests are in the folder onnx/backend/test/data of the repository github.com/onnx/onnx, and in Debian's package libonnx-testdata.";

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(500);

    private readonly Argument<string> _folder = new("DIR") { Description = "Folder of cases, at any depth: model.onnx beside test_data_set_0 with input_0.pb and output_0.pb." };
    private readonly Option<string> _backend = OptionOf.Choice("--backend", "B", "What runs the models", [.. Backends.All.Select(backend => backend.Name)], "managed");
    private readonly Option<string?> _filter = OptionOf.Text("--filter", "TEXT", "Only cases whose category/name contains this.");
    private readonly Option<int> _deadline = OptionOf.Int("--deadline", "S", "Seconds that a case may take; one that takes longer has failed.", 1, 86_400, 30);

    public ConformanceCommand()
        : base("conformance", "Runs ONNX's backend tests on a backend.", "conformance onnx/backend/test/data", "conformance onnx/backend/test/data/node --backend ort --json", "conformance tests --filter node/test_reduce")
    {
        Arguments.Add(_folder);
        Options.Add(_backend);
        Options.Add(_filter);
        Options.Add(_deadline);
    }

    public override IReadOnlyList<string> Notes =>
    [
        WhereTestsAre,
        "Outputs must have the stored type and shape; floating-point elements may differ by 1e-3 of the expected value plus 1e-7, all others must be equal. 'unsupported' are cases that the backend refuses by name.",
        "Exit status 1 where a case failed; unsupported ones alone give 0.",
    ];

    public override Outcome Execute(CommandContext context)
    {
        IInferenceBackend backend = Backends.Get(context.Get(_backend)!);
        IReadOnlyList<ConformanceCase> cases = FindCases(context.Get(_folder), context.Get(_filter));
        var runner = new ConformanceRunner(backend, new ConformanceOptions
        {
            Inference = context.InferenceOptions,
            Deadline = TimeSpan.FromSeconds(context.Get(_deadline)),
        });
        ConformanceReport report = Run(context, runner, cases);
        Print(context, report);
        return new Outcome(ToJson(report), report.Failed == 0 ? ExitStatus.Done : ExitStatus.CheckFailed);
    }

    private static IReadOnlyList<ConformanceCase> FindCases(string folder, string? filter)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"'{folder}': expected a folder of ONNX backend tests, {(File.Exists(folder) ? "got a file" : "found none")}. {WhereTestsAre}");
        }

        IReadOnlyList<ConformanceCase> cases = ConformanceCase.Find(folder);
        if (cases.Count == 0)
        {
            throw new UsageException($"'{folder}': expected cases (model.onnx beside a folder test_data_set_0), found none. {WhereTestsAre}");
        }

        IReadOnlyList<ConformanceCase> chosen = filter is null ? cases : [.. cases.Where(found => found.ToString().Contains(filter, StringComparison.Ordinal))];
        return chosen.Count > 0 ? chosen : throw new UsageException($"--filter: expected a part of a case's category/name, such as '{cases[0]}', got '{filter}', which is in none of {cases.Count}.");
    }

    private static ConformanceReport Run(CommandContext context, ConformanceRunner runner, IReadOnlyList<ConformanceCase> cases)
    {
        bool isTerminal = Terminal.IsTerminal(context.Progress);
        int done = 0;
        int failed = 0;
        long last = Stopwatch.GetTimestamp();
        ConformanceReport report = runner.Run(cases, Finished, context.Cancellation);
        if (isTerminal)
        {
            context.Progress.Write("\r\u001b[K");
        }

        return report;

        void Finished(ConformanceResult result)
        {
            done++;
            failed += result.Outcome == ConformanceOutcome.Failed ? 1 : 0;
            if (isTerminal && Stopwatch.GetElapsedTime(last) >= ProgressInterval)
            {
                last = Stopwatch.GetTimestamp();
                context.Progress.Write($"\r\u001b[K{done} of {cases.Count} cases, {failed} failed");
            }
            else if (!isTerminal && done % Math.Max(1, cases.Count / 10) == 0)
            {
                context.Progress.WriteLine($"{done} of {cases.Count} cases, {failed} failed");
            }
        }
    }

    private static JsonObject ToJson(ConformanceReport report) => new()
    {
        ["backend"] = report.Backend,
        ["total"] = report.Total,
        ["passed"] = report.Passed,
        ["failed"] = report.Failed,
        ["unsupported"] = report.Unsupported,
        ["passed_percent"] = Math.Round(report.PassedPercent, 2),
        ["failures"] = JsonText.Strings(Of(report, ConformanceOutcome.Failed).Select(result => result.Case.ToString())),
        ["refusals"] = JsonText.Strings(Of(report, ConformanceOutcome.Unsupported).Select(result => result.Case.ToString())),
        ["reasons"] = new JsonObject(report.Results.Where(result => result.Reason is not null)
            .Select(result => KeyValuePair.Create(result.Case.ToString(), (JsonNode?)JsonValue.Create(result.Reason))).DistinctBy(pair => pair.Key)),
        ["categories"] = new JsonObject(report.ByCategory.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)new JsonObject
        {
            ["total"] = pair.Value.Total,
            ["passed"] = pair.Value.Passed,
            ["failed"] = pair.Value.Failed,
            ["unsupported"] = pair.Value.Unsupported,
        }))),
    };

    private static IEnumerable<ConformanceResult> Of(ConformanceReport report, ConformanceOutcome outcome) => report.Results.Where(result => result.Outcome == outcome);

    private static void Print(CommandContext context, ConformanceReport report)
    {
        foreach (ConformanceResult result in Of(report, ConformanceOutcome.Failed))
        {
            context.Output.WriteLine($"failed {result}");
        }

        // One line a reason: what a backend lacks, and not every case that meets it.
        foreach (IGrouping<string, ConformanceResult> group in Of(report, ConformanceOutcome.Unsupported).GroupBy(result => result.Reason ?? "").OrderByDescending(group => group.Count()))
        {
            context.Output.WriteLine(group.Count() == 1 ? $"unsupported {group.First()}" : $"unsupported {group.First().Case} and {group.Count() - 1} more: {group.Key}");
        }

        Table table = Tables.Create("category", "cases", "passed", "failed", "unsupported", "passed %");
        foreach ((string category, ConformanceReport part) in report.ByCategory)
        {
            AddRow(table, category, part);
        }

        if (report.ByCategory.Count > 1)
        {
            AddRow(table, "all", report);
        }

        context.Output.WriteLine($"backend {report.Backend}");
        context.Console.Write(table);
    }

    private static void AddRow(Table table, string category, ConformanceReport report) => Tables.AddRow(
        table,
        category,
        report.Total.ToString(CultureInfo.InvariantCulture),
        report.Passed.ToString(CultureInfo.InvariantCulture),
        report.Failed.ToString(CultureInfo.InvariantCulture),
        report.Unsupported.ToString(CultureInfo.InvariantCulture),
        report.PassedPercent.ToString("F1", CultureInfo.InvariantCulture));
}
