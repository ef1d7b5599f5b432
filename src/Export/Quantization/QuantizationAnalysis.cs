using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Export.Quantization;

/// <summary>Measures, layer by layer, what quantization costs.</summary>
public static class QuantizationAnalysis
{
    /// <summary>A layer stands out where it alone costs this share of the score that all layers together cost.</summary>
    private const double SuggestedShare = 0.25;

    /// <summary>What a layer must cost at least, as a share of the float model's score: less is chance.</summary>
    private const double LeastLoss = 0.002;

    /// <summary>
    /// Compares every layer's result with the float model's, streamed batch by batch, and measures the score with each layer alone quantized.
    /// </summary>
    /// <param name="quantized">The quantized model.</param>
    /// <param name="samples">For each input its samples.</param>
    /// <param name="score">
    /// What a loaded model is worth, more being better: its accuracy, or a negative error. Called once for the float model, for the quantized one, and
    /// for each quantized layer; null leaves the scores out.
    /// </param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <exception cref="ArgumentException">The samples do not fit the model.</exception>
    public static QuantizationReport Measure(
        QuantizedModel quantized, IReadOnlyDictionary<string, Tensor> samples, Func<IInferenceSession, double>? score = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(quantized);
        ArgumentNullException.ThrowIfNull(samples);
        QuantizedLayer[] layers = [.. quantized.Layers.Where(layer => layer.IsQuantized)];
        (SignalComparison[] signals, SignalComparison output) = Compare(quantized, layers, samples, cancellationToken);
        double? single = score is null ? null : Score(quantized.Prepared, quantized.Options, score);
        double? all = score is null ? null : Score(quantized.Model, quantized.Options, score);
        var reports = new List<LayerReport>();
        var view = new GraphView(quantized.Prepared.Graph);
        for (int i = 0; i < layers.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double? alone = score is null ? null : ScoreAlone(quantized, view, layers[i], score);
            reports.Add(new LayerReport(layers[i], signals[i].SqnrDb, signals[i].Cosine, signals[i].ClipRate, alone));
        }

        return new QuantizationReport(reports, output.SqnrDb, single, all, Suggest(reports, single, all));
    }

    private static (SignalComparison[] Layers, SignalComparison Output) Compare(
        QuantizedModel quantized, QuantizedLayer[] layers, IReadOnlyDictionary<string, Tensor> samples, CancellationToken cancellationToken)
    {
        ElementType type = quantized.Options.ActivationType;
        SignalComparison[] signals = [.. layers.Select(layer => new SignalComparison(layer.Parameters, type))];
        var output = new SignalComparison(null, type);
        string first = quantized.Model.Graph.Outputs[0].Name;
        using IInferenceSession single = BatchedRuns.LoadShowing(quantized.Prepared, layers.Select(layer => layer.Value), quantized.Options.Inference);
        using IInferenceSession integer = BatchedRuns.LoadShowing(quantized.Model, layers.Select(layer => layer.QuantizedValue), quantized.Options.Inference);
        foreach (IReadOnlyDictionary<string, Tensor> batch in BatchedRuns.Batches(quantized.Model.Graph.Inputs.ToArray(), samples, quantized.Options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            OrderedDictionary<string, Tensor> expected = single.Run(batch, cancellationToken);
            OrderedDictionary<string, Tensor> actual = integer.Run(batch, cancellationToken);
            for (int i = 0; i < layers.Length; i++)
            {
                signals[i].Add(expected[layers[i].Value].As<float>().Span, actual[layers[i].QuantizedValue].As<float>().Span);
            }

            if (expected[first] is Tensor<float> x && actual[first] is Tensor<float> y)
            {
                output.Add(x.Span, y.Span);
            }
        }

        return (signals, output);
    }

    private static double ScoreAlone(QuantizedModel quantized, GraphView view, QuantizedLayer layer, Func<IInferenceSession, double> score)
    {
        OnnxModel prepared = quantized.Prepared;
        QuantizationPlan plan = QuantizationPlan.Make(prepared.Graph, view, quantized.Options.ExcludedNodes, layer.Node);
        return Score(QdqWriter.Write(prepared, view, plan, quantized.Parameters, quantized.Options).Model, quantized.Options, score);
    }

    private static double Score(OnnxModel model, QuantizationOptions options, Func<IInferenceSession, double> score)
    {
        using IInferenceSession session = new ManagedBackend().Load(model.ToBytes(), options.Inference);
        return score(session);
    }

    private static string[] Suggest(List<LayerReport> reports, double? single, double? all)
    {
        if (single is not { } reference || all is not { } whole || whole >= reference)
        {
            return [];
        }

        double least = Math.Max((reference - whole) * SuggestedShare, LeastLoss * Math.Abs(reference));
        return [.. reports.Where(report => report.ScoreAlone is { } alone && reference - alone >= least)
            .OrderBy(report => report.ScoreAlone)
            .Select(report => report.Layer.Node)];
    }
}
