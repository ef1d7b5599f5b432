using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Export.Quantization;

/// <summary>
/// Post-training quantization to standard ONNX: QuantizeLinear and DequantizeLinear around 8-bit nodes, in <c>ai.onnx</c> alone, opset 13 or newer. Weights are
/// symmetric int8 in [−127, 127] with a scale for each output channel, activations asymmetric int8 or uint8, biases int32 on the scale
/// float32(input's scale · weight's scale). Batch normalization is folded first; values that differ by shape alone, and the inputs and outputs of
/// MaxPool and Concat, share their parameters; nothing stands between a node and the Relu or Clip that follows it; the graph's inputs and outputs stay float.
/// </summary>
public static class Quantizer
{
    private const int MostNamesShown = 8;

    /// <summary>Quantizes a float32 model, ours or anybody's.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="samples">For each input its samples, [n, …]: what the model will see in use. They are run batch by batch.</param>
    /// <param name="options">Method, types, what stays float.</param>
    /// <param name="cancellationToken">Ends the calibration.</param>
    /// <exception cref="OnnxModelException">The model is quantized already, or has nothing to quantize.</exception>
    /// <exception cref="ArgumentException">Samples are missing, not finite or do not fit; an excluded node is not there; an option is out of range.</exception>
    /// <exception cref="UnsupportedOperatorException">The managed engine, which calibrates, does not run the model.</exception>
    public static QuantizedModel Quantize(
        OnnxModel model, IReadOnlyDictionary<string, Tensor> samples, QuantizationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(samples);
        options ??= QuantizationOptions.Default;
        options.Validate();
        OnnxModel prepared = ModelPreparation.Prepare(model, options.Inference.Limits);
        RequireNodes(model, prepared, options.ExcludedNodes);
        var view = new GraphView(prepared.Graph);
        QuantizationPlan plan = QuantizationPlan.Make(prepared.Graph, view, options.ExcludedNodes);
        if (plan.Values.Count == 0)
        {
            throw new OnnxModelException("Quantize: expected a model with a float32 Conv, ConvTranspose, Gemm, MatMul or another operator that has an 8-bit form and is not excluded, got none.");
        }

        int count = CalibrationData.Require(prepared, samples);
        var warnings = new List<string>();
        IReadOnlyDictionary<string, QuantizationParameters> parameters = Calibrator.Calibrate(prepared, view, plan, samples, options, warnings, cancellationToken);
        (OnnxModel quantized, IReadOnlyDictionary<string, string> seenAs, IReadOnlyList<string> written) = QdqWriter.Write(prepared, view, plan, parameters, options);
        quantized.Metadata["quantization_method"] = Describe(options);
        quantized.Metadata["quantization_samples"] = count.ToString(CultureInfo.InvariantCulture);
        quantized.Metadata["quantization_data_sha256"] = CalibrationData.Hash(samples);
        quantized.Metadata["quantization_tool_version"] = OnnxExporter.ProducerVersion;
        return new QuantizedModel(quantized, prepared, parameters, options, Layers(prepared.Graph, view, plan, parameters, seenAs), [.. warnings, .. written]);
    }

    private static string Describe(QuantizationOptions options) => options.Method switch
    {
        CalibrationMethod.MovingAverage => string.Create(CultureInfo.InvariantCulture, $"moving-average {options.AveragingConstant}"),
        CalibrationMethod.Percentile => string.Create(CultureInfo.InvariantCulture, $"percentile {options.Percentile}"),
        CalibrationMethod.Entropy => "entropy",
        CalibrationMethod.MeanSquaredError => "mse",
        _ => "minmax",
    };

    private static void RequireNodes(OnnxModel model, OnnxModel prepared, IReadOnlyCollection<string> names)
    {
        HashSet<string> known = [.. model.Graph.Nodes.Concat(prepared.Graph.Nodes).Select(node => node.Name)];
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            string[] shown = [.. prepared.Graph.Nodes.Take(MostNamesShown).Select(node => node.Name)];
            throw new ArgumentException(
                $"Quantize: expected nodes of the model to exclude, got '{unknown}'; it has {string.Join(", ", shown)}{(prepared.Graph.Nodes.Count > shown.Length ? ", …" : "")}.");
        }
    }

    private static List<QuantizedLayer> Layers(
        OnnxGraph graph, GraphView view, QuantizationPlan plan, IReadOnlyDictionary<string, QuantizationParameters> parameters, IReadOnlyDictionary<string, string> seenAs)
    {
        var layers = new List<QuantizedLayer>();
        foreach (OnnxNode node in graph.Nodes.Where(node => !plan.IsFused(node) && node.Outputs.Count > 0))
        {
            string value = plan.ResultOf(node);
            string? activation = value != node.Outputs[0] ? view.Maker(value)?.Operator.OpType : null;
            bool isQuantized = plan.RoleOf(node) != OperatorRole.None;
            layers.Add(new QuantizedLayer(
                node.Name, node.Operator.OpType, activation, isQuantized, isQuantized ? null : plan.Reasons.GetValueOrDefault(node.Name), value, seenAs.GetValueOrDefault(value, value),
                parameters.TryGetValue(value, out QuantizationParameters found) ? found : null));
        }

        return layers;
    }
}
