using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Export.Quantization;

/// <summary>Runs a model batch by batch and shows values inside it as they come, so that memory holds one batch.</summary>
internal static class BatchedRuns
{
    /// <summary>Loads a model with more values as outputs. Those must be float32.</summary>
    public static IInferenceSession LoadShowing(OnnxModel model, IEnumerable<string> values, InferenceOptions options)
    {
        var graph = new OnnxGraph { Name = model.Graph.Name };
        foreach (ValueInfo input in model.Graph.Inputs)
        {
            graph.Inputs.Add(input);
        }

        foreach (ValueInfo output in model.Graph.Outputs)
        {
            graph.Outputs.Add(output);
        }

        foreach ((string name, Tensor value) in model.Graph.Initializers)
        {
            graph.Initializers.Add(name, value);
        }

        HashSet<string> shown = [.. graph.Inputs.Concat(graph.Outputs).Select(value => value.Name)];
        foreach (string name in values.Where(shown.Add))
        {
            graph.Outputs.Add(new ValueInfo(name, ElementType.Float32, null));
        }

        ModelPreparation.Replace(graph, [.. model.Graph.Nodes]);
        var probe = new OnnxModel(graph) { IrVersion = model.IrVersion };
        foreach ((string domain, long version) in model.OpsetImports)
        {
            probe.OpsetImports[domain] = version;
        }

        return new ManagedBackend().Load(probe.ToBytes(), options);
    }

    /// <summary>Gives every batch of the inputs: each holds samples of all of them.</summary>
    /// <exception cref="ArgumentException">The model's batch is fixed and there are fewer samples.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, Tensor>> Batches(IReadOnlyList<ValueInfo> inputs, IReadOnlyDictionary<string, Tensor> samples, int batchSize)
    {
        int count = BatchAxis.Samples(samples);
        long?[] batches = [.. inputs.Select(input => input.Shape is { Rank: > 0 } shape ? shape[0].Size : null).Distinct()];
        if (samples.Values.Any(tensor => tensor.Shape.Rank == 0 || tensor.Shape[0] != count))
        {
            yield return samples;
            yield break;
        }

        int size = batches is [{ } own] ? (int)own : batchSize;
        bool isFixed = batches is [not null];
        if (isFixed && count < size)
        {
            throw new ArgumentException($"Calibration: expected at least the model's fixed batch of {size} samples, got {count}.");
        }

        for (int start = 0; start < count; start += size)
        {
            int taken = Math.Min(size, count - start);
            if (isFixed && taken < size)
            {
                yield break;
            }

            yield return samples.ToDictionary(input => input.Key, input => BatchAxis.Slice(input.Value, start, taken));
        }
    }
}
