using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>
/// Turns a recorded tape into the two lists that a <see cref="StepProgram"/> runs. Neighbours are joined by <see cref="ProgramFusion"/>. Positions are the live
/// forward steps, then the visits of backward; every buffer lives from its first writing to its last reading position, and the <see cref="MemoryPlanner"/>
/// places it. A value that an element-wise step reads last has its result in the same memory, and gradients share theirs as <see cref="GradientSharing"/> says.
/// </summary>
internal sealed class ProgramPlan
{
    private readonly IReadOnlyList<Variable> _values;
    private readonly ProgramFusion _fusion;
    private readonly IReadOnlyList<TraceStep> _steps;
    private readonly BackwardPlan? _backward;
    private readonly GradientSharing? _sharing;
    private readonly int[] _root;
    private readonly int[] _position;
    private readonly int[] _visitPosition;
    private readonly int _forwardCount;
    private readonly List<MemoryRequest> _requests = [];
    private readonly int[] _valueRequest;
    private readonly int[] _gradientRequest;
    private readonly int[] _workspaceRequest;
    private readonly int[] _scratchRequest;
    private readonly int[] _offsets;
    private readonly AlignedMemory _arena;

    /// <summary>Plans the record.</summary>
    /// <param name="tape">The record.</param>
    /// <param name="loss">Where backward starts; null for a program without it.</param>
    /// <param name="kept">Values that can be read after the whole program.</param>
    public ProgramPlan(Tape tape, Variable? loss, IReadOnlyList<Variable> kept)
    {
        _values = tape.Variables;
        _fusion = new ProgramFusion(_values, tape.Steps, kept);
        _steps = _fusion.Steps;
        _backward = loss is null || !tape.IsTraining ? null : BackwardPlan.Create(_values, _steps, loss.Index);
        _sharing = _backward is null ? null : new GradientSharing(_values, _steps, _backward);
        _position = Positions(kept, out _forwardCount);
        _visitPosition = Enumerable.Repeat(-1, _steps.Count).ToArray();
        for (int visit = 0; visit < (_backward?.Steps.Count ?? 0); visit++)
        {
            _visitPosition[_backward!.Steps[visit].Step] = _forwardCount + visit;
        }

        int end = _forwardCount + (_backward?.Steps.Count ?? 0);
        _root = Roots(kept, end);
        _valueRequest = ValueRequests(kept, end);
        _workspaceRequest = WorkspaceRequests(end);
        _scratchRequest = ScratchRequests();
        _gradientRequest = GradientRequests(loss);
        _offsets = MemoryPlanner.Plan(_requests, out int length);
        _arena = new AlignedMemory(length);
    }

    /// <summary>Every buffer's lifetime and place, for tests.</summary>
    public IEnumerable<(MemoryRequest Request, int Offset)> Placements => _requests.Select((request, index) => (request, _offsets[index]));

    /// <summary>The arena's length in elements.</summary>
    public int ArenaLength => _arena.Length;

    /// <summary>Parameters on the tape that the loss does not depend on: their gradient is zero.</summary>
    public IEnumerable<Parameter> UnreachedParameters => _backward is null
        ? []
        : _values.Where(v => v.Parameter is { IsTrainable: true } && !_backward.HasGradient(v.Index)).Select(v => v.Parameter!);

    public BufferSlice Value(int value) => _values[_root[value]].Parameter is { } parameter
        ? parameter.Arena.ValueSlice(parameter)
        : Slice(_valueRequest[_root[value]]);

    public BufferSlice Gradient(int value) => _values[value].Parameter is { } parameter
        ? parameter.Arena.GradientSlice(parameter)
        : Slice(_gradientRequest[_sharing!.Root(value)]);

    /// <summary>The workspace of a step of the tape.</summary>
    public BufferSlice Workspace(int step) => Slice(_workspaceRequest[_fusion.IndexOf(step)]);

    /// <summary>The live steps in order, without views.</summary>
    public StepBuffers[] Forward() => [.. Enumerable.Range(0, _steps.Count).Where(step => _position[step] >= 0 && !_steps[step].Function.IsView).Select(step => Buffers(step, null))];

    /// <summary>The visits of backward in order, without those that have nothing to do.</summary>
    public StepBuffers[] Backward() => [.. (_sharing?.Visits ?? []).Where(visit => visit.Needs.Contains(true)).Select(visit => Buffers(visit.Step, visit))];

    private StepBuffers Buffers(int index, BackwardStep? visit)
    {
        TraceStep step = _steps[index];
        return new StepBuffers
        {
            Function = step.Function,
            OutputShape = _values[step.Output].Shape,
            InputShapes = Shapes(step),
            Inputs = [.. step.Inputs.Select(Value)],
            OutputSlice = Value(step.Output),
            WorkspaceSlice = Slice(_workspaceRequest[index]),
            Visit = visit,
            ScratchSlice = visit is null ? Slice(-1) : _sharing!.ScratchesOutputGradient(index) ? Gradient(step.Output) : Slice(_scratchRequest[index]),
            OutputGradientSlice = visit is null ? Slice(-1) : Gradient(step.Output),
            InputGradients = visit is null ? [] : [.. step.Inputs.Select((input, i) => visit.Needs[i] ? Gradient(input) : Slice(-1))],
        };
    }

    private Shape[] Shapes(TraceStep step) => [.. step.Inputs.Select(input => _values[input].Shape)];

    private BufferSlice Slice(int request) => request < 0 ? new BufferSlice([], 0, 0) : _arena.Slice(_offsets[request], _requests[request].Length);

    // The value whose memory each value lies in: itself, what it is a view of, or what it is written over.
    private int[] Roots(IReadOnlyList<Variable> kept, int end)
    {
        int[] roots = [.. Enumerable.Range(0, _values.Count)];
        foreach (TraceStep step in _steps.Where(s => s.Function.IsView))
        {
            roots[step.Output] = roots[step.Inputs[0]];
        }

        int[] last = Lifetimes(roots, kept, end).Last;
        for (int index = 0; index < _steps.Count; index++)
        {
            TraceStep step = _steps[index];
            int output = roots[step.Output];
            int overwritten = _position[index] < 0 ? -1 : Enumerable.Range(0, step.Inputs.Count).FirstOrDefault(i => IsLastReader(step, i, index), -1);
            if (overwritten >= 0)
            {
                int root = roots[step.Inputs[overwritten]];
                last[root] = last[output];
                for (int value = 0; value < roots.Length; value++)
                {
                    roots[value] = roots[value] == output ? root : roots[value];
                }
            }
        }

        return roots;

        bool IsLastReader(TraceStep step, int input, int index)
        {
            Variable value = _values[roots[step.Inputs[input]]];
            return value.Kind == TraceValueKind.Intermediate
                && last[value.Index] == _position[index]
                && value.Shape.Length == _values[step.Output].Shape.Length
                && step.Function.CanOverwrite(input);
        }
    }

    // Steps that nothing kept depends on get no position.
    private int[] Positions(IReadOnlyList<Variable> kept, out int count)
    {
        var wanted = new bool[_values.Count];
        foreach (Variable variable in kept)
        {
            wanted[variable.Index] = true;
        }

        for (int step = _steps.Count - 1; step >= 0; step--)
        {
            if (wanted[_steps[step].Output])
            {
                foreach (int input in _steps[step].Inputs)
                {
                    wanted[input] = true;
                }
            }
        }

        var positions = new int[_steps.Count];
        count = 0;
        for (int step = 0; step < positions.Length; step++)
        {
            positions[step] = wanted[_steps[step].Output] ? count++ : -1;
        }

        return positions;
    }

    private int[] ValueRequests(IReadOnlyList<Variable> kept, int end)
    {
        (int[] first, int[] last) = Lifetimes(_root, kept, end);
        return [.. _values.Select(v => v.Parameter is null && _root[v.Index] == v.Index && first[v.Index] <= last[v.Index]
            ? Request(v.Shape.Length, first[v.Index], last[v.Index])
            : -1)];
    }

    // The positions at which the memory of each root is first written and last used.
    private (int[] First, int[] Last) Lifetimes(int[] roots, IReadOnlyList<Variable> kept, int end)
    {
        int[] first = [.. _values.Select(v => v.Kind == TraceValueKind.Input ? 0 : int.MaxValue)];
        int[] last = [.. _values.Select(v => v.Kind == TraceValueKind.Input ? end : -1)];
        foreach (Variable variable in kept)
        {
            last[roots[variable.Index]] = end;
        }

        for (int index = 0; index < _steps.Count; index++)
        {
            if (_position[index] < 0)
            {
                continue;
            }

            TraceStep step = _steps[index];
            int output = roots[step.Output];
            first[output] = Math.Min(first[output], _position[index]);
            last[output] = Math.Max(last[output], _position[index]);
            if (_visitPosition[index] >= 0 && step.Function.BackwardReadsOutput)
            {
                last[output] = Math.Max(last[output], _visitPosition[index]);
            }

            for (int i = 0; i < step.Inputs.Count; i++)
            {
                int input = roots[step.Inputs[i]];
                int use = _visitPosition[index] >= 0 && step.Function.BackwardReadsInput(i) ? _visitPosition[index] : _position[index];
                last[input] = Math.Max(last[input], use);
            }
        }

        return (first, last);
    }

    private int[] WorkspaceRequests(int end) => [.. _steps.Select((step, index) => _position[index] < 0
        ? -1
        : Request(
            step.Function.WorkspaceLength(Shapes(step)),
            _position[index],
            step.Function is IPredictingFunction ? end : Math.Max(_position[index], _visitPosition[index])))];

    private int[] ScratchRequests() => [.. _steps.Select((step, index) => _visitPosition[index] < 0 || _sharing!.ScratchesOutputGradient(index)
        ? -1
        : Request(step.Function.ScratchLength(Shapes(step)), _visitPosition[index], _visitPosition[index]))];

    // An intermediate's gradient lives from the first visit of a consumer to the visit of its producer, the loss's from the end of forward; memory that several
    // share lives as long as any of them.
    private int[] GradientRequests(Variable? loss)
    {
        int[] first = [.. _values.Select(_ => int.MaxValue)];
        int[] last = [.. _values.Select(_ => -1)];
        if (loss is not null && _backward?.Steps.Count > 0)
        {
            first[loss.Index] = _forwardCount - 1;
            last[loss.Index] = _forwardCount - 1;
        }

        foreach (BackwardStep visit in _backward?.Steps ?? [])
        {
            TraceStep step = _steps[visit.Step];
            int position = _visitPosition[visit.Step];
            last[step.Output] = Math.Max(last[step.Output], position);
            for (int i = 0; i < visit.Needs.Length; i++)
            {
                if (visit.Needs[i])
                {
                    first[step.Inputs[i]] = Math.Min(first[step.Inputs[i]], position);
                    last[step.Inputs[i]] = Math.Max(last[step.Inputs[i]], position);
                }
            }
        }

        foreach (Variable value in _values)
        {
            int root = _sharing?.Root(value.Index) ?? value.Index;
            first[root] = Math.Min(first[root], first[value.Index]);
            last[root] = Math.Max(last[root], last[value.Index]);
        }

        return [.. _values.Select(v => v.Parameter is null && last[v.Index] >= 0 && _sharing!.Root(v.Index) == v.Index ? Request(v.Shape.Length, first[v.Index], last[v.Index]) : -1)];
    }

    private int Request(int length, int first, int last)
    {
        if (length == 0)
        {
            return -1;
        }

        _requests.Add(new MemoryRequest(length, first, last));
        return _requests.Count - 1;
    }
}
