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
            "Measures a classifier's accuracy, or a regression's errors, on the test part of a data set.",
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
        ModelFile model = ModelFile.Open(context.Get(_model), context.Limits);
        using IInferenceSession session = Backends.Load(context.Get(_backend)!, model, context.InferenceOptions);
        DatasetEntry entry = DatasetCatalog.Get(context.Get(_dataset)!);
        DatasetSplits data = entry.Load(context.DataRequest, context.Cancellation);
        Dataset test = context.Get(_take) is { } take ? data.Test.Take(take) : data.Test;
        Tensor inputs = SampleInputs.For(session, test, data.Name);
        return data.Classes.Count > 0 ? EvaluateClasses(context, session, data, test, inputs) : EvaluateValues(context, session, data, test, inputs);
    }

    private Outcome EvaluateClasses(CommandContext context, IInferenceSession session, DatasetSplits data, Dataset test, Tensor inputs)
    {
        int correct = 0;
        double seconds = Measure(context, session, inputs, (output, start, count) =>
            correct += SampleInputs.CountCorrect(output, test.Y.Span.Slice(start, count), data.Classes.Count, session.Outputs[0].Name));
        double accuracy = (double)correct / test.Count;
        Print(context, session, data, test.Count / seconds, ("accuracy", string.Create(CultureInfo.InvariantCulture, $"{accuracy:P2} ({correct:N0} of {test.Count:N0})")));
        JsonObject json = ToJson(session, data, test.Count, seconds);
        json.Insert(0, "accuracy", accuracy);
        json.Insert(1, "correct", correct);
        return new Outcome(json);
    }

    private Outcome EvaluateValues(CommandContext context, IInferenceSession session, DatasetSplits data, Dataset test, Tensor inputs)
    {
        int width = test.Y.Shape.LengthOf(1..);
        double squares = 0;
        double absolutes = 0;
        double seconds = Measure(context, session, inputs, (output, start, count) =>
        {
            if (output is not Tensor<float> values || values.Length != count * width)
            {
                throw new UsageException($"data set '{data.Name}': expected output '{session.Outputs[0].Name}' of {width} values a sample, got {output.ElementType} {output.Shape} for {count} samples.");
            }

            ReadOnlySpan<float> targets = test.Y.Span.Slice(start * width, count * width);
            ReadOnlySpan<float> predictions = values.Span;
            for (int i = 0; i < targets.Length; i++)
            {
                double error = (double)predictions[i] - targets[i];
                squares += error * error;
                absolutes += Math.Abs(error);
            }
        });
        double squared = squares / (test.Count * width);
        double absolute = absolutes / (test.Count * width);
        string what = data.TargetStd != 1 ? string.Create(CultureInfo.InvariantCulture, $" (standardised; {absolute * data.TargetStd:0.##} in the data's own unit)") : "";
        Print(
            context,
            session,
            data,
            test.Count / seconds,
            ("mean squared error", squared.ToString("0.######", CultureInfo.InvariantCulture)),
            ("mean absolute error", absolute.ToString("0.######", CultureInfo.InvariantCulture) + what));
        JsonObject json = ToJson(session, data, test.Count, seconds);
        json.Insert(0, "mean_squared_error", squared);
        json.Insert(1, "mean_absolute_error", absolute);
        return new Outcome(json);
    }

    private static JsonObject ToJson(IInferenceSession session, DatasetSplits data, int samples, double seconds) => new()
    {
        ["samples"] = samples,
        ["samples_per_second"] = JsonText.Number(samples / seconds),
        ["backend"] = session.Backend,
        ["dataset"] = data.Name,
    };

    /// <summary>Runs all samples and hands every output on, with its first sample and their number.</summary>
    /// <returns>Seconds that the runs took.</returns>
    private double Measure(CommandContext context, IInferenceSession session, Tensor inputs, Action<Tensor, int, int> onOutput)
    {
        int batch = session.Inputs[0].Shape is { Rank: > 0 } shape && shape[0].Size is { } fixedBatch ? (int)fixedBatch : context.Get(_batchSize);
        int samples = inputs.Shape[0];
        if (samples % batch != 0 && session.Inputs[0].Shape is { } declared && declared[0].IsKnown)
        {
            throw new UsageException($"evaluate: expected a multiple of the model's fixed batch of {batch} samples, got {samples}; use --take.");
        }

        Run(session, inputs, 0, Math.Min(batch, samples));
        long ticks = 0;
        for (int start = 0; start < samples; start += batch)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(batch, samples - start);
            long begin = Stopwatch.GetTimestamp();
            Tensor output = Run(session, inputs, start, count);
            ticks += Stopwatch.GetTimestamp() - begin;
            onOutput(output, start, count);
        }

        return (double)ticks / Stopwatch.Frequency;
    }

    private static Tensor Run(IInferenceSession session, Tensor inputs, int start, int count)
    {
        var tensors = new Dictionary<string, Tensor> { [session.Inputs[0].Name] = SampleInputs.Slice(inputs, start, count) };
        return session.Run(tensors)[session.Outputs[0].Name];
    }

    private static void Print(CommandContext context, IInferenceSession session, DatasetSplits data, double rate, params IEnumerable<(string Name, string Value)> figures)
    {
        Table table = Tables.Facts();
        foreach ((string name, string value) in figures)
        {
            Tables.AddRow(table, name, value);
        }

        Tables.AddRow(table, "data set", $"{data.Name}: {data.Source}");
        Tables.AddRow(table, "backend", session.Backend);
        Tables.AddRow(table, "speed", string.Create(CultureInfo.InvariantCulture, $"{rate:N0} samples a second"));
        context.Console.Write(table);
    }
}
