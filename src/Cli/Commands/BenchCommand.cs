using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.EdgeRuntime;
using Toolkit.Export;
using Toolkit.Numerics;

namespace Toolkit.Cli.Commands;

/// <summary><c>bench</c>: latency and throughput of backends side by side.</summary>
internal sealed class BenchCommand : ToolkitCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The .onnx file." };
    private readonly Option<string?> _backends = OptionOf.Text("--backends", "A,B", "Which backends, comma separated; by default all that run the model here.");
    private readonly Option<int> _batch = OptionOf.Int("--batch", "N", "Samples a run.", 1, 1 << 20, 1);
    private readonly Option<bool> _profile = new("--profile") { Description = "Also the time of every node and operator on the managed engine." };
    private readonly Option<int> _seconds = OptionOf.Int("--seconds", "S", "Measuring time for each backend.", 1, 3600, 2);

    public BenchCommand()
        : base("bench", "Measures latency and throughput of the backends side by side.", "bench mnist-mlp.onnx", "bench mnist-mlp.onnx --backends managed --profile", "bench mnist-mlp.onnx --backends managed,ort --batch 128 --threads 2 --json")
    {
        Arguments.Add(_model);
        Options.Add(_backends);
        Options.Add(_batch);
        Options.Add(_seconds);
        Options.Add(_profile);
        Subcommands.Add(new BenchTrainCommand());
    }

    public override IReadOnlyList<string> Notes =>
    [
        "Backends take turns in blocks of 50 ms, so that a change in the machine's load meets all of them; the first runs of a block are not counted. Inputs are random, outputs go to memory of the caller. Allocated bytes are managed memory of all threads.",
        "--profile times every node on the managed engine; the nodes and 'other' add up to the run. 'of limit' is the share of the machine's floating-point limit that the node's multiply-adds reach.",
    ];

    public override Outcome Execute(CommandContext context)
    {
        ModelFile model = ModelFile.Open(context.Get(_model), context.Limits);
        int batch = context.Get(_batch);
        var sessions = new List<IInferenceSession>();
        try
        {
            Load(context, model, sessions);

            RequireBatch(sessions[0], batch);
            OrderedDictionary<string, Tensor> inputs = CrossCheck.RandomInputs(sessions[0].Inputs, batch, (ulong)context.Seed);
            IReadOnlyList<Timing> timings = Stopwatches.Interleave(sessions, inputs, TimeSpan.FromSeconds(context.Get(_seconds)), context.Cancellation);
            Print(context, timings, batch);
            JsonObject? profile = context.Get(_profile) ? NodeProfile.Measure(context, model, sessions, inputs, batch) : null;
            var json = new JsonObject
            {
                ["batch"] = batch,
                ["threads"] = context.Threads,
                ["results"] = JsonText.Objects(timings.Select(timing => new JsonObject
                {
                    ["backend"] = timing.Backend,
                    ["median_us"] = timing.MedianMicroseconds,
                    ["p99_us"] = timing.P99Microseconds,
                    ["samples_per_second"] = batch / timing.MedianMicroseconds * 1e6,
                    ["allocated_bytes_per_run"] = timing.AllocatedBytesPerRun,
                    ["runs"] = timing.Runs,
                })),
            };
            if (profile is not null)
            {
                json["profile"] = profile;
            }

            return new Outcome(json);
        }
        finally
        {
            sessions.ForEach(session => session.Dispose());
        }
    }

    private void Load(CommandContext context, ModelFile model, List<IInferenceSession> sessions)
    {
        var reasons = new List<string>();
        if (context.Get(_backends) is { } names)
        {
            foreach (string name in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct())
            {
                sessions.Add(Backends.Get(name).Load(model.Bytes, context.InferenceOptions));
            }
        }
        else
        {
            Backends.LoadAll(model, context.InferenceOptions, sessions, (backend, reason) => reasons.Add($"Without {backend}: {reason}"));
        }

        if (sessions.Count == 0)
        {
            throw new UsageException($"'{model.Path}': expected a backend that runs it, got none. {string.Join(' ', reasons)}");
        }

        reasons.ForEach(context.Note);
    }

    private static void RequireBatch(IInferenceSession session, int batch)
    {
        if (session.Inputs.FirstOrDefault(input => input.Shape is { Rank: > 0 } shape && shape[0].Size is { } size && size != batch) is { } input)
        {
            throw new UsageException($"--batch: expected {input.Shape![0]}, which the model fixes in {input}, got {batch}.");
        }
    }

    private static void Print(CommandContext context, IReadOnlyList<Timing> timings, int batch)
    {
        Table table = Tables.Create("backend", "median us", "p99 us", "samples/s", "bytes/run", "runs", "relative");
        double best = timings.Min(timing => timing.MedianMicroseconds);
        foreach (Timing timing in timings)
        {
            Tables.AddRow(
                table,
                timing.Backend,
                timing.MedianMicroseconds.ToString("F1", CultureInfo.InvariantCulture),
                timing.P99Microseconds.ToString("F1", CultureInfo.InvariantCulture),
                (batch / timing.MedianMicroseconds * 1e6).ToString("N0", CultureInfo.InvariantCulture),
                timing.AllocatedBytesPerRun.ToString("N0", CultureInfo.InvariantCulture),
                timing.Runs.ToString("N0", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{timing.MedianMicroseconds / best:F2}x"));
        }

        context.Output.WriteLine($"batch {batch}, {context.Threads} threads");
        context.Console.Write(table);
    }
}
