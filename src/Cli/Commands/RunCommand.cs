using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.Cli.Inputs;
using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Numerics.Npy;
using Toolkit.Onnx;

namespace Toolkit.Cli.Commands;

/// <summary><c>run</c>: one inference on a file.</summary>
internal sealed class RunCommand : ToolkitCommand
{
    private const int TimedRuns = 5;
    private const int LongestListedOutput = 1000;

    private readonly Argument<string> _model = new("MODEL") { Description = "The .onnx file." };
    private readonly Option<string?> _input = OptionOf.Text("--input", "FILE", $"What to feed: {InputFile.Kinds}.", "-i");
    private readonly Option<string> _backend = OptionOf.Choice("--backend", "B", "What runs the model", Backends.Names, Backends.Auto);
    private readonly Option<string?> _output = OptionOf.Text("--output", "FILE.npz", "Also write the outputs to this file, by name.", "-o");
    private readonly Option<bool> _invert = new("--invert") { Description = "Swap light and dark of a picture: for dark strokes on light paper." };

    public RunCommand()
        : base(
            "run",
            "Runs a model once on a file.",
            "run mnist-mlp.onnx --input digit.png",
            "run mnist-mlp.onnx --input photo.jpg --invert --backend managed",
            "run model.onnx --input batch.npz --output result.npz --json")
    {
        _input.Required = true;
        Arguments.Add(_model);
        Options.Add(_input);
        Options.Add(_backend);
        Options.Add(_output);
        Options.Add(_invert);
    }

    public override IReadOnlyList<string> Notes =>
    [
        ".npz holds an array an input, by name; .npy one input; both must have the input's element type and shape, the batch axis included. .csv holds a sample a row, which takes the input's shape.",
        "Pictures become grey or RGB as the model takes them, values 0 to 1. They must have the model's proportions; larger ones are scaled down by averaging areas.",
        $"latency_us is the median of {TimedRuns} runs after one that warms up.",
    ];

    public override Outcome Execute(CommandContext context)
    {
        string? output = context.Get(_output);
        if (output is not null)
        {
            OutputPath.RequireWritable(output, ".npz");
        }

        ModelFile model = ModelFile.Open(context.Get(_model), context.Limits);
        using IInferenceSession session = Backends.Load(context.Get(_backend)!, model, context.InferenceOptions);
        string path = context.Get(_input)!;
        OrderedDictionary<string, Tensor> inputs = InputFile.Read(path, session.Inputs, context.Get(_invert));
        HintAtPaper(context, path, session, inputs);
        (OrderedDictionary<string, Tensor> outputs, double latency) = Measure(session, inputs);
        if (output is not null)
        {
            NpzFile.Write(output, outputs);
        }

        string[] classes = ModelMetadata.Classes(session.Metadata);
        Print(context, session.Backend, outputs, classes, latency);
        return new Outcome(new JsonObject
        {
            ["outputs"] = JsonText.Objects(outputs.Select(pair => Describe(pair.Key, pair.Value, classes))),
            ["latency_us"] = latency,
            ["backend"] = session.Backend,
        });
    }

    private static (OrderedDictionary<string, Tensor> Outputs, double Microseconds) Measure(IInferenceSession session, OrderedDictionary<string, Tensor> inputs)
    {
        OrderedDictionary<string, Tensor> outputs = RunOnce(session, inputs);
        var times = new double[TimedRuns];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            outputs = RunOnce(session, inputs);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return (outputs, times[TimedRuns / 2]);
    }

    /// <summary>The outputs as tensors: those in a sequence are named after it and their position, <c>y[0]</c>; an optional that holds nothing has none.</summary>
    private static OrderedDictionary<string, Tensor> RunOnce(IInferenceSession session, OrderedDictionary<string, Tensor> inputs)
    {
        if (session.Inputs.FirstOrDefault(input => input.Container is not null) is { } container)
        {
            throw new ArgumentException($"Input '{container.Name}': the model takes {container.Type}, and files hold tensors alone; call the library's RunValues.");
        }

        if (session.Outputs.All(output => output.Container is null))
        {
            return session.Run(inputs);
        }

        var tensors = new OrderedDictionary<string, Tensor>();
        foreach ((string name, OnnxValue value) in session.RunValues(inputs.ToDictionary(pair => pair.Key, pair => OnnxValue.FromTensor(pair.Value))))
        {
            Add(name, value);
        }

        return tensors;

        void Add(string name, OnnxValue? value)
        {
            switch (value)
            {
                case OnnxTensor tensor:
                    tensors.Add(name, tensor.Tensor);
                    break;
                case OnnxOptional optional:
                    Add(name, optional.Value);
                    break;
                case OnnxMap map:
                    tensors.Add($"{name}.keys", map.Keys);
                    tensors.Add($"{name}.values", map.Values);
                    break;
                case OnnxSequence sequence:
                    for (int i = 0; i < sequence.Count; i++)
                    {
                        Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}[{i}]"), sequence[i]);
                    }

                    break;
            }
        }
    }

    private void HintAtPaper(CommandContext context, string path, IInferenceSession session, OrderedDictionary<string, Tensor> inputs)
    {
        bool isPicture = Path.GetExtension(path).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg";
        if (isPicture && !context.Get(_invert) && inputs.Values.First() is Tensor<float> samples && ImageFile.HasLightRim(samples, session.Inputs[0]))
        {
            context.Note($"'{path}' has a light background; networks trained on MNIST expect light strokes on black: try --invert.");
        }
    }

    private static JsonObject Describe(string name, Tensor tensor, string[] classes)
    {
        var json = new JsonObject { ["name"] = name, ["shape"] = JsonText.Shape(tensor.Shape) };
        if (Classification.Read(tensor, classes) is { Count: > 0 } predictions)
        {
            json["class"] = predictions[0].Class;
            json["probability"] = JsonText.Number(predictions[0].Probability);
            if (predictions.Count > 1)
            {
                json["predictions"] = JsonText.Objects(predictions.Select(
                    prediction => new JsonObject { ["class"] = prediction.Class, ["probability"] = JsonText.Number(prediction.Probability) }));
            }
        }

        if (tensor is Tensor<float> values && values.Length <= LongestListedOutput)
        {
            json["values"] = new JsonArray([.. values.ToArray().Select(value => JsonText.Number(value))]);
        }

        return json;
    }

    private static void Print(CommandContext context, string backend, OrderedDictionary<string, Tensor> outputs, string[] classes, double latency)
    {
        foreach ((string name, Tensor tensor) in outputs)
        {
            IReadOnlyList<Prediction> predictions = Classification.Read(tensor, classes);
            context.Output.WriteLine($"{name} {tensor.ElementType} {tensor.Shape}");
            if (predictions.Count == 1)
            {
                PrintBars(context, (Tensor<float>)tensor, classes);
            }

            Table table = Tables.Create("sample", "class", "probability");
            for (int i = 0; i < predictions.Count; i++)
            {
                Tables.AddRow(table, i.ToString(CultureInfo.InvariantCulture), predictions[i].Class, predictions[i].Probability.ToString("F4", CultureInfo.InvariantCulture));
            }

            if (predictions.Count > 1)
            {
                context.Console.Write(table);
            }
            else if (predictions.Count == 0 && tensor is Tensor<float> { Length: <= 20 } few)
            {
                context.Output.WriteLine("  " + string.Join(' ', few.ToArray().Select(value => value.ToString("G6", CultureInfo.InvariantCulture))));
            }
        }

        context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{latency:F0} us on {backend}"));
    }

    /// <summary>The five most probable classes of a single sample, as bars.</summary>
    private static void PrintBars(CommandContext context, Tensor<float> row, string[] classes)
    {
        const int Bars = 5;
        const int Width = 30;
        IEnumerable<(float Value, int Index)> best = row.ToArray().Select((value, index) => (value, index)).OrderByDescending(pair => pair.value).Take(Bars);
        int nameWidth = Math.Max(5, classes.Select(name => name.Length).DefaultIfEmpty(5).Max());
        foreach ((float value, int index) in best)
        {
            string bar = new('#', (int)Math.Round(Math.Clamp(value, 0, 1) * Width));
            context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Classification.NameOf(index, classes).PadRight(nameWidth)} {value,7:F4} {bar}"));
        }
    }
}
