using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.Cli.Inputs;
using Toolkit.EdgeRuntime;
using Toolkit.Export.Quantization;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli.Commands;

/// <summary><c>quantize</c>: a float32 model to int8.</summary>
internal sealed class QuantizeCommand : ToolkitCommand
{
    private const string Int8 = "int8";
    private const string UInt8 = "uint8";

    private static readonly Dictionary<string, CalibrationMethod> Methods = new()
    {
        ["minmax"] = CalibrationMethod.MinMax,
        ["percentile"] = CalibrationMethod.Percentile,
        ["entropy"] = CalibrationMethod.Entropy,
        ["mse"] = CalibrationMethod.MeanSquaredError,
        ["moving-average"] = CalibrationMethod.MovingAverage,
    };

    private readonly Argument<string> _model = new("MODEL") { Description = "The float32 .onnx file." };
    private readonly Option<string?> _dataset = OptionOf.Text("--dataset", "NAME", "The data set: its training part calibrates, its test part measures; 'data list' shows them.");
    private readonly Option<string> _method = OptionOf.Choice("--method", "M", "How ranges are chosen", [.. Methods.Keys], "minmax");
    private readonly Option<int> _samples = OptionOf.Int("--samples", "N", "Training samples to calibrate with, and test samples to try each layer alone with.", 1, int.MaxValue, 1000);
    private readonly Option<string?> _output = OptionOf.Text("--output", "FILE", "The .onnx file to write.", "-o");
    private readonly Option<string[]> _exclude = new("--exclude") { Description = "Nodes that stay float.", HelpName = "NODE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _perTensor = new("--per-tensor") { Description = "One scale for a weight in place of one for each output channel." };
    private readonly Option<string> _activations = OptionOf.Choice("--activations", "TYPE", "The type of activations", [Int8, UInt8], Int8);

    public QuantizeCommand()
        : base(
            "quantize",
            "Turns a float32 model into int8 (standard QDQ ONNX) and says what that costs, layer by layer.",
            "quantize mnist-cnn.onnx --dataset mnist -o mnist-cnn.int8.onnx",
            "quantize model.onnx --dataset mnist --method percentile --samples 500 --exclude /conv1/Conv -o model.int8.onnx --json")
    {
        _dataset.Required = true;
        _output.Required = true;
        Arguments.Add(_model);
        Options.Add(_dataset);
        Options.Add(_method);
        Options.Add(_samples);
        Options.Add(_output);
        Options.Add(_exclude);
        Options.Add(_perTensor);
        Options.Add(_activations);
    }

    public override IReadOnlyList<string> Notes =>
    [
        "Ranges come from N training samples at even distances; accuracy is measured on the whole test part, each layer alone on its first N.",
        "The file is loaded in every backend that is here, and appears only if all of them run it.",
    ];

    public override Outcome Execute(CommandContext context)
    {
        string path = context.Get(_output)!;
        OutputPath.RequireWritable(path, ".onnx");
        ModelFile file = ModelFile.Open(context.Get(_model), context.Limits);
        OnnxModel model = file.Model ?? throw file.Unsupported!;
        DatasetSplits data = DatasetCatalog.Get(context.Get(_dataset)!).Load(context.DataRequest, context.Cancellation);
        using IInferenceSession single = new ManagedBackend().Load(file.Bytes, context.InferenceOptions);
        int count = context.Get(_samples);
        var task = new QuantizationTask(single, data, context.Cancellation);
        Dictionary<string, Tensor> samples = task.CalibrationInputs(count);
        context.Progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Calibrating on {samples.Values.First().Shape[0]:N0} training samples of {data.Name}"));
        QuantizedModel quantized = Quantizer.Quantize(model, samples, ReadOptions(context), context.Cancellation);
        context.Progress.WriteLine("Measuring each layer");
        QuantizationReport report = QuantizationAnalysis.Measure(quantized, task.Inputs(data.Test, count), session => task.Score(session, count), context.Cancellation);
        QuantizedFile written = quantized.Save(path, Backends.Available, task.Inputs(data.Test, int.MaxValue), context.Cancellation);
        using IInferenceSession integer = new ManagedBackend().Load(File.ReadAllBytes(path), context.InferenceOptions);
        var result = new QuantizationResult(quantized, report, written, file.Bytes.Length, task.Score(single, int.MaxValue), task.Score(integer, int.MaxValue), task.IsClassifier);
        QuantizationText.Print(context, result, data);
        return new Outcome(QuantizationText.ToJson(result, data));
    }

    private QuantizationOptions ReadOptions(CommandContext context) => new()
    {
        Method = Methods[context.Get(_method)!],
        ActivationType = context.Get(_activations) == UInt8 ? ElementType.UInt8 : ElementType.Int8,
        IsPerTensor = context.Get(_perTensor),
        ExcludedNodes = context.Get(_exclude) ?? [],
        Inference = context.InferenceOptions,
    };
}
