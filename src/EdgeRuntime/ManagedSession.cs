using Toolkit.EdgeRuntime.Fusion;
using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime;

/// <summary>
/// A model compiled by the managed engine: shapes inferred, constants folded, operators fused, weights packed. For each combination of
/// input shapes memory is planned once; a few such plans are kept.
/// </summary>
public sealed class ManagedSession : IInferenceSession
{
    private readonly CompiledProgram _program;
    private readonly SessionSignature _signature;
    private readonly PlanCache _plans;
    private readonly SharedResource<WorkerPool>? _ownWorkers;
    private readonly bool _isSerial;
    private readonly TimeSpan? _deadline;
    private int _disposed;

    internal ManagedSession(OnnxModel model, InferenceOptions options)
    {
        using WorkLimits.Scope scope = WorkLimits.Begin(options.Deadline, options.Limits.MaxPlanBytes, default);
        ModelGraph graph = ModelGraph.Build(model, options.Limits);
        _deadline = options.Deadline;
        (_isSerial, _ownWorkers) = MakeWorkers(options);
        try
        {
            GraphCompiler.Optimise(graph, options, Workers);
            _program = new CompiledProgram(graph);
            FloatNodes = QuantizedFusion.FloatNodes(model, graph);
        }
        catch (UnsupportedOperatorException exception)
        {
            Dispose();
            throw Refusals.Of(model, options.Limits, exception);
        }
        catch
        {
            Dispose();
            throw;
        }

        _plans = new PlanCache(_program);
        _signature = new SessionSignature(
            [.. graph.Inputs.Select(Describe)],
            [.. graph.Outputs.Select((value, i) => model.Graph.Outputs[i] is { Container: not null } declared ? declared : Describe(value) with { Name = model.Graph.Outputs[i].Name })]);
        Metadata = new SortedDictionary<string, string>(model.Metadata, StringComparer.Ordinal);
    }

    private ManagedSession(ManagedSession original, bool isSerial, SharedResource<WorkerPool>? ownWorkers, TimeSpan? deadline)
    {
        _deadline = deadline;
        _isSerial = isSerial;
        _ownWorkers = ownWorkers;
        _program = original._program;
        FloatNodes = original.FloatNodes;
        _signature = original._signature;
        _plans = new PlanCache(_program);
        Metadata = original.Metadata;
    }

    /// <inheritdoc/>
    public string Backend => "managed";

    /// <inheritdoc/>
    public IReadOnlyList<ValueInfo> Inputs => _signature.Inputs;

    /// <inheritdoc/>
    public IReadOnlyList<ValueInfo> Outputs => _signature.Outputs;

    /// <summary>
    /// The nodes of a quantized model that are computed in floating point all the same, as compiled, QuantizeLinear and DequantizeLinear left out; empty for a model that
    /// has no quantized operator.
    /// </summary>
    public IReadOnlyList<OnnxNode> FloatNodes { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    // The shared pool is asked for anew each time: a program may replace it.
    private WorkerPool Workers => _ownWorkers?.Value ?? (_isSerial ? WorkerPool.Serial : WorkerPool.Shared);

    /// <summary>The compiled model, for tests.</summary>
    internal CompiledProgram Program => _program;

    /// <summary>The plans that are kept, for tests.</summary>
    internal PlanCache Plans => _plans;

    /// <inheritdoc/>
    public IReadOnlyList<Shape?> InferOutputShapes(IReadOnlyList<Shape> inputs)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        _signature.RequireShapes(inputs);
        using WorkLimits.Scope scope = WorkLimits.Begin(_deadline, _program.Limits.MaxPlanBytes, default);
        return _plans.Get([.. inputs]).OutputShapes;
    }

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => Run(inputs, outputs, default);

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        using WorkLimits.Scope scope = WorkLimits.Begin(_deadline, _program.Limits.MaxPlanBytes, cancellationToken);
        _signature.RequireInputs(inputs);
        _signature.RequireOutputCount(outputs.Length);
        inputs = SessionSignature.Densify(inputs);
        ExecutionPlan plan = _plans.Get(inputs);
        IReadOnlyList<Shape?> shapes = plan.OutputShapes;
        for (int i = 0; i < outputs.Length; i++)
        {
            _signature.RequireOutput(i, outputs[i], Outputs[i].ElementType, shapes[i]);
            RequireOwnMemory(i, inputs, outputs);
        }

        plan.Run(inputs, outputs, Workers);
    }

    /// <summary>Runs the model on tensors in the order of <see cref="Inputs"/> several times, and says how long each node took.</summary>
    /// <param name="inputs">Tensors in the order of <see cref="Inputs"/>.</param>
    /// <param name="runs">How many runs are timed; one more warms up.</param>
    /// <exception cref="ArgumentException">A tensor's count, type or shape does not fit; names it, expected and got.</exception>
    public RunProfile Profile(IReadOnlyList<Tensor> inputs, int runs = 20)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        Tensor[] given = [.. inputs];
        _signature.RequireInputs(given);
        ReadOnlySpan<Tensor> dense = SessionSignature.Densify(given);
        ExecutionPlan plan = _plans.Get(dense);
        Tensor[] outputs = plan.Run(dense, Workers);
        var clock = new NodeClock();
        for (int run = 0; run < runs; run++)
        {
            using WorkLimits.Scope scope = WorkLimits.Begin(_deadline, _program.Limits.MaxPlanBytes, default);
            clock.Start();
            plan.Run(dense, outputs, Workers, clock);
            clock.End();
        }

        return clock.Summarize();
    }

    /// <inheritdoc/>
    public OrderedDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs) => Run(inputs, default);

    /// <inheritdoc/>
    public OrderedDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        using WorkLimits.Scope scope = WorkLimits.Begin(_deadline, _program.Limits.MaxPlanBytes, cancellationToken);
        Tensor[] ordered = _signature.Order(inputs);
        _signature.RequireInputs(ordered);
        ReadOnlySpan<Tensor> dense = SessionSignature.Densify(ordered);
        Tensor[] results = _plans.Get(dense).Run(dense, Workers);
        var named = new OrderedDictionary<string, Tensor>(results.Length);
        for (int i = 0; i < results.Length; i++)
        {
            named.Add(Outputs[i].Name, results[i]);
        }

        return named;
    }

    /// <inheritdoc/>
    public OrderedDictionary<string, OnnxValue> RunValues(IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        OnnxValue[] ordered = _signature.Order(inputs, "value");
        _signature.RequireValues(ordered);
        OnnxValue[] dense = Array.ConvertAll(ordered, OnnxValues.Densify);
        OnnxValue[] results = _plans.Get(dense).Run(dense, _program.Limits.MaxPlanBytes, Workers);
        var named = new OrderedDictionary<string, OnnxValue>(results.Length);
        for (int i = 0; i < results.Length; i++)
        {
            OnnxValue value = OnnxValues.Copy(results[i]);
            named.Add(Outputs[i].Name, OnnxValues.As(Outputs[i].Type, value));
        }

        return named;
    }

    /// <inheritdoc/>
    IInferenceSession IInferenceSession.Clone() => Clone();

    /// <inheritdoc cref="IInferenceSession.Clone"/>
    /// <param name="options">
    /// The clone's threads and deadline; null means the original's, the threads shared with it. The limits stay those that the model was compiled with.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is negative.</exception>
    public ManagedSession Clone(InferenceOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        (bool isSerial, SharedResource<WorkerPool>? workers) = options is null ? (_isSerial, _ownWorkers?.Share()) : MakeWorkers(options);
        return new ManagedSession(this, isSerial, workers, options is null ? _deadline : options.Deadline);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _ownWorkers?.Release();
        }
    }

    private static (bool IsSerial, SharedResource<WorkerPool>? Own) MakeWorkers(InferenceOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        return (options.Threads == 1, options.Threads > 1 ? new SharedResource<WorkerPool>(new WorkerPool(options.Threads)) : null);
    }

    private static ValueInfo Describe(GraphValue value) => new(value.Name, value.Info.OnnxType);

    // A kernel may read an input after it has written a part of an output.
    private void RequireOwnMemory(int output, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        if (outputs[output].ElementType == ElementType.String)
        {
            return;
        }

        ReadOnlySpan<byte> bytes = outputs[output].Bytes;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].ElementType != ElementType.String && bytes.Overlaps(inputs[i].Bytes))
            {
                throw new ArgumentException($"Output '{Outputs[output].Name}': shares memory with input '{Inputs[i].Name}'; give it its own tensor.", nameof(outputs));
            }
        }

        for (int i = 0; i < output; i++)
        {
            if (outputs[i].ElementType != ElementType.String && bytes.Overlaps(outputs[i].Bytes))
            {
                throw new ArgumentException($"Output '{Outputs[output].Name}': shares memory with output '{Outputs[i].Name}'; give it its own tensor.", nameof(outputs));
            }
        }
    }
}
