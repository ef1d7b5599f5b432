using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.Cli.Inputs;
using Toolkit.EdgeRuntime;
using Toolkit.Export;
using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli.Commands;

/// <summary><c>crosscheck</c>: the same inputs through every backend.</summary>
internal sealed class CrossCheckCommand : ToolkitCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The .onnx file." };
    private readonly Option<int> _samples = OptionOf.Int("--samples", "N", "Samples to compare.", 1, 1_000_000, 64);
    private readonly Option<string?> _input = OptionOf.Text("--input", "FILE", $"Samples from a file ({InputFile.Kinds}) in place of random ones.", "-i");
    private readonly Option<string?> _dataset = OptionOf.Text("--dataset", "NAME", "Samples from the test part of a data set in place of random ones.");
    private readonly Option<string?> _bundle = OptionOf.Text("--bundle", "DIR", "Also write model, inputs and outputs (.npz) and a Python script that repeats the check.");

    public CrossCheckCommand()
        : base(
            "crosscheck",
            "Feeds the same inputs to every backend that is here and compares the outputs.",
            "crosscheck mnist-mlp.onnx",
            "crosscheck mnist-mlp.onnx --dataset mnist --samples 10000",
            "crosscheck mnist-mlp.onnx --bundle check/ && python3 check/check.py")
    {
        Arguments.Add(_model);
        Options.Add(_samples);
        Options.Add(_input);
        Options.Add(_dataset);
        Options.Add(_bundle);
    }

    public override IReadOnlyList<string> Notes =>
    [
        "All samples are compared at the greatest batch (all at once, or 1,024), the first 512 also at batch 1, 7 and 128. Tolerance: 1e-5, absolute up to values of 1 and relative beyond. Exit status 1 where a backend is further off.",
    ];

    public override Outcome Execute(CommandContext context)
    {
        ModelFile model = ModelFile.Open(context.Get(_model), context.Limits);
        var sessions = new List<IInferenceSession>();
        try
        {
            var skipped = new OrderedDictionary<string, string>();
            Backends.LoadAll(model, context.InferenceOptions, sessions, skipped.Add);
            if (sessions.Count < 2)
            {
                throw new UsageException($"'{model.Path}': expected two backends that run it, got {sessions.Count}. {string.Join(' ', skipped.Select(pair => $"{pair.Key}: {pair.Value}"))}");
            }

            OrderedDictionary<string, Tensor> inputs = ReadInputs(context, sessions[0]);
            CrossCheckReport report = CrossCheck.BetweenBackends(sessions, inputs, new CrossCheckOptions { Threads = context.Threads });
            context.Cancellation.ThrowIfCancellationRequested();
            string? bundle = context.Get(_bundle);
            if (bundle is not null)
            {
                CrossCheckBundle.Write(bundle, model.Bytes, inputs, CrossCheck.Run(sessions[0], inputs, report.BatchSizes[^1]), report);
            }

            Print(context, report, skipped, bundle);
            return new Outcome(ToJson(report, skipped, bundle), report.Agrees ? ExitStatus.Done : ExitStatus.CheckFailed);
        }
        finally
        {
            sessions.ForEach(session => session.Dispose());
        }
    }

    private OrderedDictionary<string, Tensor> ReadInputs(CommandContext context, IInferenceSession session)
    {
        if (context.Get(_input) is { } path)
        {
            return InputFile.Read(path, session.Inputs, invert: false);
        }

        if (context.Get(_dataset) is { } name)
        {
            DatasetSplits data = DatasetCatalog.Get(name).Load(context.DataRequest, context.Cancellation);
            Tensor samples = SampleInputs.For(session, data.Test.Take(context.Get(_samples)), name);
            return new OrderedDictionary<string, Tensor> { [session.Inputs[0].Name] = samples };
        }

        return CrossCheck.RandomInputs(session.Inputs, context.Get(_samples), (ulong)context.Seed);
    }

    private static JsonObject ToJson(CrossCheckReport report, OrderedDictionary<string, string> skipped, string? bundle) => new()
    {
        ["backends"] = JsonText.Strings(report.Backends.Select(backend => backend.Backend).Prepend(report.Reference)),
        ["max_abs_diff"] = JsonText.Number(report.MaxAbsoluteDifference),
        ["max_rel_diff"] = JsonText.Number(report.MaxRelativeDifference),
        ["agree"] = report.Agrees,
        ["reference"] = report.Reference,
        ["samples"] = report.Samples,
        ["batch_sizes"] = new JsonArray([.. report.BatchSizes.Select(size => (JsonNode?)JsonValue.Create(size))]),
        ["tolerance"] = report.Tolerance,
        ["comparisons"] = JsonText.Objects(report.Backends.Select(ReportText.ToJson)),
        ["skipped"] = JsonText.Objects(skipped.Select(pair => new JsonObject { ["backend"] = pair.Key, ["reason"] = pair.Value })),
        ["bundle"] = bundle,
    };

    private static void Print(CommandContext context, CrossCheckReport report, OrderedDictionary<string, string> skipped, string? bundle)
    {
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ReportText.Samples(report, "samples")}; reference {report.Reference}, tolerance {report.Tolerance}"));
        context.Console.Write(ReportText.ToTable(report));
        foreach ((string backend, string reason) in skipped)
        {
            context.Note($"Without {backend}: {reason}");
        }

        if (bundle is not null)
        {
            context.Output.WriteLine($"Wrote {bundle}; repeat the check with: python3 {Path.Combine(bundle, CrossCheckBundle.ScriptName)}");
        }
    }
}
