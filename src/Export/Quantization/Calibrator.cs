using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Export.Quantization;

/// <summary>Finds the ranges of a plan's values by running the float model on samples.</summary>
internal static class Calibrator
{
    /// <summary>The parameters of every planned value: one range for all values that share them.</summary>
    public static IReadOnlyDictionary<string, QuantizationParameters> Calibrate(
        OnnxModel model, GraphView view, QuantizationPlan plan, IReadOnlyDictionary<string, Tensor> samples, QuantizationOptions options, List<string> warnings, CancellationToken cancellationToken)
    {
        Dictionary<string, TensorStatistics> statistics = plan.Values
            .Where(value => !view.IsConstant(value) && plan.HasOwnRange(value))
            .ToDictionary(value => value, value => new TensorStatistics(value, options), StringComparer.Ordinal);
        Observe(model, statistics, samples, options, cancellationToken);
        var parameters = new Dictionary<string, QuantizationParameters>(StringComparer.Ordinal);
        foreach (IGrouping<string, string> group in plan.Values.GroupBy(plan.GroupOf, StringComparer.Ordinal))
        {
            (double Min, double Max)[] ranges = [.. group.Where(value => view.IsConstant(value) || plan.HasOwnRange(value)).Select(Range)];
            double min = ranges.Min(range => range.Min);
            double max = ranges.Max(range => range.Max);
            Warn(group.First(value => view.IsConstant(value) || plan.HasOwnRange(value)), min, max, warnings);
            var shared = QuantizationParameters.Spanning(min, max, options.ActivationType);
            foreach (string value in group)
            {
                parameters.Add(value, shared);
            }
        }

        return parameters;

        (double Min, double Max) Range(string value)
        {
            if (view.Constant(value) is not { } constant)
            {
                return statistics[value].Range();
            }

            (float min, float max) = TensorStatistics.FindRange(constant.Span)
                ?? throw new OnnxModelException($"Quantize: expected finite constants, got NaN or an infinite one in '{value}'; exclude the nodes that read it.");
            return constant.Length == 0 ? (0, 0) : (Math.Min(0, min), Math.Max(0, max));
        }
    }

    private static void Observe(
        OnnxModel model, Dictionary<string, TensorStatistics> statistics, IReadOnlyDictionary<string, Tensor> samples, QuantizationOptions options, CancellationToken cancellationToken)
    {
        using IInferenceSession session = BatchedRuns.LoadShowing(model, statistics.Keys, options.Inference);
        foreach (IReadOnlyDictionary<string, Tensor> batch in BatchedRuns.Batches(model.Graph.Inputs.ToArray(), samples, options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            OrderedDictionary<string, Tensor> values = session.Run(batch, cancellationToken);
            foreach ((string name, TensorStatistics seen) in statistics)
            {
                seen.Add((values.TryGetValue(name, out Tensor? value) ? value : batch[name]).As<float>().Contiguous().Span);
            }
        }
    }

    private static void Warn(string value, double min, double max, List<string> warnings)
    {
        if (min == 0 && max == 0)
        {
            warnings.Add($"'{value}' is 0 on every sample: nothing before it activates, and its scale is 1; calibrate with samples that reach it, or take that part out of the model.");
        }
        else if ((max - min) / 255 < QuantizationParameters.MinScale)
        {
            warnings.Add(FormattableString.Invariant(
                $"'{value}' stays within [{min:G3}, {max:G3}], too little for 255 steps of a normal float32; its scale is 2^-60, at which most of its values become 0. Scale that part of the model up."));
        }
    }
}
