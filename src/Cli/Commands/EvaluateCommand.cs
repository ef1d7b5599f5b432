using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.Cli.Inputs;
using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli.Commands;

/// <summary><c>evaluate</c>: the accuracy of any classifier on a data set's test part.</summary>
internal sealed class EvaluateCommand : ToolkitCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The .onnx file." };
    private readonly Option<string?> _dataset = OptionOf.Text("--dataset", "NAME", "The data set; 'data list' shows them.");
    private readonly Option<string> _backend = OptionOf.Choice("--backend", "B", "What runs the model", Backends.Names, Backends.Auto);
    private readonly Option<int?> _take = OptionOf.OptionalInt("--take", "N", "Only the first N test samples.", 1, int.MaxValue);
    private readonly Option<int> _batchSize = OptionOf.Int("--batch-size", "N", "Samples a run, where the model's batch is open.", 1, int.MaxValue, 128);

    public EvaluateCommand()
        : base(
            "evaluate",
            "Measures a classifier's accuracy on the test part of a data set.",
            "evaluate mnist-mlp.onnx --dataset mnist",
            "evaluate mnist-mlp.onnx --dataset mnist --backend managed --take 1000 --json")
    {
        _dataset.Required = true;
        Arguments.Add(_model);
        Options.Add(_dataset);
        Options.Add(_backend);
        Options.Add(_take);
        Options.Add(_batchSize);
    }

    public override IReadOnlyList<string> Notes =>
    [
        "The model may take images, [N,1,28,28], or flat samples, [N,784]; its first output is [N,classes] or a label a sample.",
        "Unlike 'train', nothing stands in for a data set that is not here.",
    ];

    public override Outcome Execute(CommandContext context)
    {
        ModelFile model = ModelFile.Open(context.Get(_model));
        using IInferenceSession session = Backends.Load(context.Get(_backend)!, model, context.InferenceOptions);
        DatasetEntry entry = DatasetCatalog.Get(context.Get(_dataset)!);
        DatasetSplits data = entry.Load(context.DataRequest, context.Cancellation);
        if (data.Classes.Count == 0)
        {
            throw new UsageException($"data set '{data.Name}': expected one with classes, got one with values; accuracy is not defined for it.");
        }

        Dataset test = context.Get(_take) is { } take ? data.Test.Take(take) : data.Test;
        Tensor inputs = SampleInputs.For(session, test, data.Name);
        (int correct, double seconds) = Measure(context, session, inputs, test.Y, data.Classes.Count);
        double accuracy = (double)correct / test.Count;
        double rate = test.Count / seconds;
        Print(context, session, data, test.Count, correct, rate);
        return new Outcome(new JsonObject
        {
            ["accuracy"] = accuracy,
            ["samples"] = test.Count,
            ["correct"] = correct,
            ["samples_per_second"] = JsonText.Number(rate),
            ["backend"] = session.Backend,
            ["dataset"] = data.Name,
        });
    }

    private (int Correct, double Seconds) Measure(CommandContext context, IInferenceSession session, Tensor inputs, Tensor<float> targets, int classes)
    {
        int batch = session.Inputs[0].Shape is { Rank: > 0 } shape && shape[0].Size is { } fixedBatch ? (int)fixedBatch : context.Get(_batchSize);
        int samples = inputs.Shape[0];
        if (samples % batch != 0 && session.Inputs[0].Shape is { } declared && declared[0].IsKnown)
        {
            throw new UsageException($"evaluate: expected a multiple of the model's fixed batch of {batch} samples, got {samples}; use --take.");
        }

        Run(session, inputs, 0, Math.Min(batch, samples));
        int correct = 0;
        long ticks = 0;
        for (int start = 0; start < samples; start += batch)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(batch, samples - start);
            long begin = Stopwatch.GetTimestamp();
            Tensor output = Run(session, inputs, start, count);
            ticks += Stopwatch.GetTimestamp() - begin;
            correct += SampleInputs.CountCorrect(output, targets.Span.Slice(start, count), classes, session.Outputs[0].Name);
        }

        return (correct, (double)ticks / Stopwatch.Frequency);
    }

    private static Tensor Run(IInferenceSession session, Tensor inputs, int start, int count)
    {
        var tensors = new Dictionary<string, Tensor> { [session.Inputs[0].Name] = SampleInputs.Slice(inputs, start, count) };
        return session.Run(tensors)[session.Outputs[0].Name];
    }

    private static void Print(CommandContext context, IInferenceSession session, DatasetSplits data, int samples, int correct, double rate)
    {
        Table table = Tables.Facts();
        Tables.AddRow(table, "accuracy", string.Create(CultureInfo.InvariantCulture, $"{(double)correct / samples:P2} ({correct:N0} of {samples:N0})"));
        Tables.AddRow(table, "data set", $"{data.Name}: {data.Source}");
        Tables.AddRow(table, "backend", session.Backend);
        Tables.AddRow(table, "speed", string.Create(CultureInfo.InvariantCulture, $"{rate:N0} samples a second"));
        context.Console.Write(table);
    }
}
