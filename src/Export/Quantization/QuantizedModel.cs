using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Export.Quantization;

/// <summary>A quantized model beside the float model that it was made of.</summary>
public sealed class QuantizedModel
{
    internal QuantizedModel(
        OnnxModel model, OnnxModel prepared, IReadOnlyDictionary<string, QuantizationParameters> parameters, QuantizationOptions options,
        IReadOnlyList<QuantizedLayer> layers, IReadOnlyList<string> warnings)
    {
        Model = model;
        Prepared = prepared;
        Parameters = parameters;
        Options = options;
        Layers = layers;
        Warnings = warnings;
    }

    /// <summary>The quantized model.</summary>
    public OnnxModel Model { get; }

    /// <summary>The float model with batch normalization folded, whose values <see cref="Layers"/> name.</summary>
    public OnnxModel Prepared { get; }

    /// <summary>Every node, in order; an activation that the node before it takes in is named there.</summary>
    public IReadOnlyList<QuantizedLayer> Layers { get; }

    /// <summary>What was out of the ordinary: values that never activate, scales that had to be changed.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The parameters of the quantized values by name.</summary>
    public IReadOnlyDictionary<string, QuantizationParameters> Parameters { get; }

    /// <summary>How it was quantized.</summary>
    public QuantizationOptions Options { get; }

    /// <summary>
    /// Loads the model's bytes in every backend, compares how often each agrees with the float model in the arg-max of the first output, and
    /// moves the file into place: a file that is there runs.
    /// </summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="backends">What must run it; null means the managed engine.</param>
    /// <param name="samples">For each input its samples; null compares nothing.</param>
    /// <param name="cancellationToken">Ends the check before the file appears.</param>
    /// <exception cref="ExportCheckException">A backend cannot run the file; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; an older one is as it was.</exception>
    public QuantizedFile Save(
        string path, IReadOnlyList<IInferenceBackend>? backends = null, IReadOnlyDictionary<string, Tensor>? samples = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = Model.ToBytes();
        var agreements = new List<BackendAgreement>();
        foreach (IInferenceBackend backend in backends ?? [new ManagedBackend()])
        {
            agreements.Add(Check(path, bytes, backend, samples, cancellationToken));
        }

        cancellationToken.ThrowIfCancellationRequested();
        AtomicFile.Write(path, stream => stream.Write(bytes));
        return new QuantizedFile(path, bytes.Length, agreements);
    }

    private BackendAgreement Check(string path, byte[] bytes, IInferenceBackend backend, IReadOnlyDictionary<string, Tensor>? samples, CancellationToken cancellationToken)
    {
        using IInferenceSession session = Load(path, bytes, backend);
        using IInferenceSession single = new ManagedBackend().Load(Prepared.ToBytes(), Options.Inference);
        int rows = 0;
        int differing = 0;
        string output = session.Outputs[0].Name;
        foreach (IReadOnlyDictionary<string, Tensor> batch in samples is null ? [] : BatchedRuns.Batches(session.Inputs, samples, Options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tensor expected = single.Run(batch, cancellationToken)[output];
            Tensor actual = session.Run(batch, cancellationToken)[output];
            if (expected.Shape.Rank == 2 && expected.Shape[1] > 1)
            {
                rows += expected.Shape[0];
                differing += TensorDifference.Between(expected, actual, tolerance: 0).ArgMaxDisagreements;
            }
        }

        return new BackendAgreement(backend.Name, rows, differing);
    }

    private IInferenceSession Load(string path, byte[] bytes, IInferenceBackend backend)
    {
        try
        {
            return backend.Load(bytes, Options.Inference);
        }
        catch (Exception exception) when (exception is OnnxModelException or UnsupportedOperatorException)
        {
            throw new ExportCheckException(
                $"Quantize '{path}': expected a model that backend {backend.Name} runs, got: {exception.Message} Nothing was written; exclude the node, or leave that backend out.", exception);
        }
    }
}
