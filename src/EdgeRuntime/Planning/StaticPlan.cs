using Toolkit.EdgeRuntime.Operators;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>
/// A plan whose shapes are all known: kernel calls over tensors that were placed once. Each concurrent run rents a state (an arena
/// with its tensors) and gives it back, so that after the first run of a shape nothing is allocated.
/// </summary>
internal sealed class StaticPlan : ExecutionPlan
{
    // More concurrent runs than this take their arena afresh.
    private const int MaxIdleStates = 8;

    private readonly CompiledProgram _program;
    private readonly PlannedValue[] _values;
    private readonly PlanStep[] _steps;
    private readonly long[] _offsets;
    private readonly long _arenaBytes;
    private readonly (int Value, int Output)[] _copies;
    private readonly Shape?[] _outputShapes;
    private readonly Lock _lock = new();
    private readonly RunState?[] _idle = new RunState?[MaxIdleStates];
    private int _idleCount;

    /// <summary>Makes the plan of what the builder has placed.</summary>
    public StaticPlan(CompiledProgram program, PlannedValue[] values, PlanStep[] steps, long[] offsets, long arenaBytes)
    {
        _program = program;
        _values = values;
        _steps = steps;
        _offsets = offsets;
        _arenaBytes = arenaBytes;
        _outputShapes = Array.ConvertAll(program.OutputValues, value => (Shape?)values[value].Shape);
        var copies = new List<(int, int)>();
        for (int i = 0; i < program.OutputValues.Length; i++)
        {
            // An output that is an input or a constant, or that is named twice, is not written by its node.
            PlannedValue value = values[program.OutputValues[i]];
            if (value.Place != ValuePlace.Output || value.Index != i)
            {
                copies.Add((program.OutputValues[i], i));
            }
        }

        _copies = [.. copies];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape?> OutputShapes => _outputShapes;

    /// <summary>Bytes of one arena.</summary>
    public long ArenaBytes => _arenaBytes;

    /// <summary>Bytes that the subgraphs of one step take at most while it runs.</summary>
    public long SubgraphBytes { get; init; }

    /// <summary>The kernel calls.</summary>
    public IReadOnlyList<PlanStep> Steps => _steps;

    /// <inheritdoc/>
    public override long RetainedBytes
    {
        get
        {
            lock (_lock)
            {
                return _arenaBytes * Math.Max(1, _idleCount);
            }
        }
    }

    /// <inheritdoc/>
    public override void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, WorkerPool workers) => Run(inputs, outputs, workers, null);

    /// <inheritdoc/>
    public override void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, WorkerPool workers, NodeClock? clock)
    {
        RunState state = Rent();
        try
        {
            state.Bind(inputs, outputs);
            for (int step = 0; step < _steps.Length; step++)
            {
                WorkLimits.Poll();
                _steps[step].Node.Kernel.Run(new KernelArguments(state.Inputs[step], state.Outputs[step], state.Scratch[step].Span, workers));
                clock?.Stop(_steps[step].Node.Node);
            }

            foreach ((int value, int output) in _copies)
            {
                PlannedValue source = _values[value];
                Tensor tensor = source.Place switch
                {
                    ValuePlace.Constant => source.Constant!,
                    ValuePlace.Input => inputs[source.Index],
                    ValuePlace.Output => outputs[source.Index],
                    _ => state.Tensors[value]!,
                };
                tensor.CopyTo(outputs[output]);
            }
        }
        finally
        {
            state.Release();
            Return(state);
        }
    }

    /// <inheritdoc/>
    public override Tensor[] Run(ReadOnlySpan<Tensor> inputs, WorkerPool workers)
    {
        var outputs = new Tensor[_outputShapes.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            PlannedValue value = _values[_program.OutputValues[i]];
            outputs[i] = Tensor.Create(value.Type, value.Shape);
        }

        Run(inputs, outputs, workers);
        return outputs;
    }

    /// <inheritdoc/>
    public override OnnxValue[] Run(ReadOnlySpan<OnnxValue> inputs, long budget, WorkerPool workers)
    {
        long bytes = _arenaBytes;
        foreach (int output in _program.OutputValues)
        {
            bytes += (long)_values[output].Shape.Length * Math.Max(1, ElementTypes.Get(_values[output].Type).Size);
        }

        if (bytes > budget)
        {
            throw new ArgumentException($"The run needs {bytes} bytes more than it has of the limit of {_program.Limits.MaxPlanBytes} bytes; raise OnnxLimits.MaxPlanBytes for a model that you trust.", nameof(budget));
        }

        var tensors = new Tensor[inputs.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = ((OnnxTensor)inputs[i]).Tensor;
        }

        return Array.ConvertAll(Run(tensors, workers), OnnxValue.FromTensor);
    }

    /// <inheritdoc/>
    public override void LetGo()
    {
        lock (_lock)
        {
            _program.IdleMemory?.Give(_arenaBytes * _idleCount);
            Array.Clear(_idle);
            _idleCount = 0;
        }
    }

    private RunState Rent()
    {
        lock (_lock)
        {
            if (_idleCount > 0)
            {
                RunState state = _idle[--_idleCount]!;
                _idle[_idleCount] = null;
                _program.IdleMemory?.Give(_arenaBytes);
                return state;
            }
        }

        return new RunState(_values, _steps, _offsets, _arenaBytes);
    }

    private void Return(RunState state)
    {
        lock (_lock)
        {
            if (_idleCount < MaxIdleStates && _arenaBytes * (_idleCount + 1) <= _program.Limits.MaxPlanBytes && _program.IdleMemory?.TryTake(_arenaBytes) != false)
            {
                _idle[_idleCount++] = state;
            }
        }
    }
}
