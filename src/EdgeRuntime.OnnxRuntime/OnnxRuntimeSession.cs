using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Tensor = Toolkit.Numerics.Tensor;

namespace Toolkit.EdgeRuntime.OnnxRuntime;

/// <summary>A model loaded by ONNX Runtime, on the CPU or on a GPU.</summary>
public sealed class OnnxRuntimeSession : IInferenceSession
{
    private readonly SharedResource<InferenceSession> _shared;
    private readonly InferenceSession _session;
    private readonly SessionSignature _signature;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly TimeSpan? _deadline;
    private int _disposed;

    private OnnxRuntimeSession(string backend, SharedResource<InferenceSession> shared, SessionSignature signature, IReadOnlyDictionary<string, string> metadata, TimeSpan? deadline)
    {
        _deadline = deadline;
        Backend = backend;
        _shared = shared;
        _session = shared.Value;
        _signature = signature;
        _inputNames = [.. signature.Inputs.Select(input => input.Name)];
        _outputNames = [.. signature.Outputs.Select(output => output.Name)];
        Metadata = metadata;
    }

    /// <inheritdoc/>
    public string Backend { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ValueInfo> Inputs => _signature.Inputs;

    /// <inheritdoc/>
    public IReadOnlyList<ValueInfo> Outputs => _signature.Outputs;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    internal static OnnxRuntimeSession Load(string backend, ReadOnlyMemory<byte> model, SessionOptions native, InferenceOptions options)
    {
        OnnxLimits limits = options.Limits;
        if (model.Length > limits.MaxFileBytes)
        {
            throw new OnnxModelException($"Model: expected at most {limits.MaxFileBytes} bytes, got {model.Length}; raise OnnxLimits.MaxFileBytes for a file that you trust.");
        }

        if (model.IsEmpty)
        {
            throw new OnnxModelException("Model: expected an ONNX file, got 0 bytes.");
        }

        byte[] bytes = MemoryMarshal.TryGetArray(model, out ArraySegment<byte> segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : model.ToArray();
        InferenceSession? session = null;
        try
        {
            session = new InferenceSession(bytes, native);
            var signature = new SessionSignature(
                Describe(session.InputNames, session.InputMetadata, "input"),
                Describe(session.OutputNames, session.OutputMetadata, "output"));
            var metadata = new SortedDictionary<string, string>(session.ModelMetadata.CustomMetadataMap, StringComparer.Ordinal);
            return new OnnxRuntimeSession(backend, new SharedResource<InferenceSession>(session), signature, metadata, options.Deadline);
        }
        catch (OnnxRuntimeException exception)
        {
            session?.Dispose();
            throw OnnxRuntimeErrors.OfLoad(exception);
        }
        catch (UnsupportedOperatorException)
        {
            session?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Shape?> InferOutputShapes(IReadOnlyList<Shape> inputs)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        _signature.RequireShapes(inputs);
        var shapes = new Shape?[_outputNames.Length];
        for (int i = 0; i < shapes.Length; i++)
        {
            shapes[i] = _signature.ResolveOutput(i, inputs);
        }

        return shapes;
    }

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => Run(inputs, outputs, default);

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        _signature.RequireInputs(inputs);
        _signature.RequireOutputCount(outputs.Length);
        inputs = SessionSignature.Densify(inputs);
        Shape[] shapes = ShapesOf(inputs);
        for (int i = 0; i < outputs.Length; i++)
        {
            _signature.RequireOutput(i, outputs[i], Outputs[i].ElementType, _signature.ResolveOutput(i, shapes));
        }

        var inputValues = new OrtValue[inputs.Length];
        var outputValues = new OrtValue[outputs.Length];
        using var watch = new RunWatch(_deadline, cancellationToken);
        try
        {
            Bind(inputs, inputValues);
            Bind(outputs, outputValues);
            _session.Run(watch.Options, _inputNames, inputValues, _outputNames, outputValues);
            for (int i = 0; i < outputs.Length; i++)
            {
                TensorBinding.CopyBack(outputValues[i], outputs[i]);
            }
        }
        catch (OnnxRuntimeException exception)
        {
            watch.ThrowIfStopped();
            throw OnnxRuntimeErrors.OfRun(exception);
        }
        finally
        {
            Release(inputValues);
            Release(outputValues);
        }
    }

    /// <inheritdoc/>
    public OrderedDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs) => Run(inputs, default);

    /// <inheritdoc/>
    public OrderedDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        Tensor[] ordered = _signature.Order(inputs);
        _signature.RequireInputs(ordered);
        var inputValues = new OrtValue[ordered.Length];
        using var watch = new RunWatch(_deadline, cancellationToken);
        try
        {
            Bind(SessionSignature.Densify(ordered), inputValues);
            using IDisposableReadOnlyCollection<OrtValue> values = _session.Run(watch.Options, _inputNames, inputValues, _outputNames);
            var results = new OrderedDictionary<string, Tensor>(_outputNames.Length);
            for (int i = 0; i < _outputNames.Length; i++)
            {
                results.Add(_outputNames[i], TensorBinding.Copy(_outputNames[i], values[i]));
            }

            return results;
        }
        catch (OnnxRuntimeException exception)
        {
            watch.ThrowIfStopped();
            throw OnnxRuntimeErrors.OfRun(exception);
        }
        finally
        {
            Release(inputValues);
        }
    }

    /// <inheritdoc/>
    public IInferenceSession Clone()
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return new OnnxRuntimeSession(Backend, _shared.Share(), _signature, Metadata, _deadline);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _shared.Release();
        }
    }

    private static void Bind(ReadOnlySpan<Tensor> tensors, OrtValue[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = TensorBinding.Bind(tensors[i]);
        }
    }

    private static void Release(OrtValue?[] values)
    {
        foreach (OrtValue? value in values)
        {
            value?.Dispose();
        }
    }

    private static Shape[] ShapesOf(ReadOnlySpan<Tensor> tensors)
    {
        var shapes = new Shape[tensors.Length];
        for (int i = 0; i < shapes.Length; i++)
        {
            shapes[i] = tensors[i].Shape;
        }

        return shapes;
    }

    private static ValueInfo[] Describe(IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata, string role) =>
        [.. names.Select(name => Describe(name, metadata[name], role))];

    private static ValueInfo Describe(string name, NodeMetadata metadata, string role)
    {
        if (!metadata.IsTensor)
        {
            throw new UnsupportedOperatorException($"ONNX Runtime: {role} '{name}' is a {metadata.OnnxValueType}; only tensors are supported.");
        }

        // ONNX Runtime reports neither for a scalar nor for a value of unknown rank any dimension: what is checked must hold for both.
        int[] sizes = metadata.Dimensions;
        SymbolicShape? shape = null;
        if (sizes.Length > 0)
        {
            var dimensions = new Dimension[sizes.Length];
            for (int i = 0; i < sizes.Length; i++)
            {
                string symbol = metadata.SymbolicDimensions[i];
                dimensions[i] = sizes[i] >= 0 ? new Dimension(sizes[i]) : string.IsNullOrEmpty(symbol) ? Dimension.Unknown : new Dimension(symbol);
            }

            shape = new SymbolicShape(dimensions);
        }

        return new ValueInfo(name, TensorBinding.ElementTypeOf(metadata.ElementDataType), shape);
    }
}
