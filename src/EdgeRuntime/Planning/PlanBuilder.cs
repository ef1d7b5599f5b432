using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Inference;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>
/// Places every value of a program whose shapes are known. What the caller gives and gets is used where it lies; the rest is
/// packed into one arena by lifetime. A view (Reshape) shares its input's memory, and an element-wise kernel writes over an input
/// that nothing reads any more.
/// </summary>
internal sealed class PlanBuilder
{
    private readonly CompiledProgram _program;
    private readonly ShapeSolver _shapes;
    private readonly PlannedValue[] _values;
    private readonly int[] _lastRead;
    private readonly int[] _owner; // of a view, the value whose memory it shows; else itself
    private readonly List<PreparedNode> _steps = [];
    private readonly List<BufferRequest> _buffers = [];

    private PlanBuilder(CompiledProgram program, ShapeSolver shapes)
    {
        _program = program;
        _shapes = shapes;
        _values = new PlannedValue[program.Values.Length];
        _lastRead = new int[program.Values.Length];
        _owner = [.. Enumerable.Range(0, program.Values.Length)];
    }

    /// <summary>Plans a program for inputs whose shapes have been solved completely.</summary>
    /// <exception cref="OnnxModelException">The arena would exceed the limits.</exception>
    public static StaticPlan Build(CompiledProgram program, ShapeSolver shapes)
    {
        var builder = new PlanBuilder(program, shapes);
        builder.PlaceFixedValues();
        builder.ChooseSteps();
        builder.FindLifetimes();
        PlanStep[] steps = builder.PlaceBuffers();
        long outputBytes = program.OutputValues.Sum(builder.BytesOf);
        (long[] offsets, long bytes) = MemoryPlanner.Place(builder._buffers);
        if (bytes > Array.MaxLength - MemoryPlanner.Alignment || bytes + outputBytes > program.Limits.MaxPlanBytes)
        {
            throw new OnnxModelException(
                $"Model: these inputs need an arena of {bytes} bytes and outputs of {outputBytes}, the limit is {Math.Min(program.Limits.MaxPlanBytes, Array.MaxLength)}; use a smaller batch or raise OnnxLimits.MaxPlanBytes.");
        }

        return new StaticPlan(program, builder._values, steps, offsets, bytes);
    }

    private void PlaceFixedValues()
    {
        for (int value = 0; value < _values.Length; value++)
        {
            InferredValue? info = _shapes.Values[value];
            if (info is null)
            {
                continue;
            }

            ConcreteShapes.TryGet(info, _program.Limits, _program.Values[value], out Shape? shape);
            _values[value] = info.Constant is { } constant
                ? new PlannedValue(ValuePlace.Constant, -1, info.Type, constant.Shape, constant)
                : new PlannedValue(ValuePlace.None, -1, info.Type, shape ?? default, null);
        }

        for (int i = 0; i < _program.InputValues.Length; i++)
        {
            int value = _program.InputValues[i];
            _values[value] = _values[value] with { Place = ValuePlace.Input, Index = i };
        }

        for (int i = 0; i < _program.OutputValues.Length; i++)
        {
            int value = _program.OutputValues[i];
            if (_values[value].Place == ValuePlace.None)
            {
                _values[value] = _values[value] with { Place = ValuePlace.Output, Index = i };
            }
        }
    }

    // Nodes whose outputs are known already need no step, nor do views of what lies in the arena.
    private void ChooseSteps()
    {
        foreach (PreparedNode node in _program.Nodes)
        {
            if (Array.TrueForAll(node.Outputs, output => output < 0 || _values[output].Place == ValuePlace.Constant))
            {
                continue;
            }

            foreach (int output in node.Outputs)
            {
                if (output >= 0 && _values[output].Place is ValuePlace.None or ValuePlace.Constant)
                {
                    // A constant that its node makes beside others is still written by the step: the kernel gives all outputs.
                    _values[output] = _values[output] with { Place = ValuePlace.Arena, Constant = null };
                }
            }

            int first = node.Outputs[0];
            if (node.Kernel.IsView && first >= 0 && _values[first].Place == ValuePlace.Arena && _values[first].Type != ElementType.String
                && _values[node.Inputs[0]].Place == ValuePlace.Arena)
            {
                _owner[first] = _owner[node.Inputs[0]];
                continue;
            }

            _steps.Add(node);
        }
    }

    private void FindLifetimes()
    {
        Array.Fill(_lastRead, -1);
        for (int step = 0; step < _steps.Count; step++)
        {
            foreach (int input in _steps[step].Inputs)
            {
                if (input >= 0)
                {
                    _lastRead[_owner[input]] = step;
                }
            }
        }

        foreach (int output in _program.OutputValues)
        {
            if (_values[output].Place == ValuePlace.Arena)
            {
                _lastRead[_owner[output]] = _steps.Count;
            }
        }
    }

    private PlanStep[] PlaceBuffers()
    {
        var steps = new PlanStep[_steps.Count];
        for (int step = 0; step < steps.Length; step++)
        {
            PreparedNode node = _steps[step];
            for (int i = 0; i < node.Outputs.Length; i++)
            {
                int output = node.Outputs[i];
                if (output >= 0 && _values[output].Place == ValuePlace.Arena)
                {
                    PlaceOutput(node, step, i, output);
                }
            }

            Shape[] inputShapes = ShapesOf(node.Inputs);
            node = node with { Kernel = node.Kernel.For(inputShapes) };
            long scratchBytes = node.Kernel.ScratchBytes(inputShapes, ShapesOf(node.Outputs));
            if (scratchBytes < 0 || scratchBytes > _program.Limits.MaxPlanBytes)
            {
                throw new OnnxModelException($"{node.Node}: needs {scratchBytes} bytes of working memory, the limit is {_program.Limits.MaxPlanBytes}; use a smaller batch or raise OnnxLimits.MaxPlanBytes.");
            }

            int scratchBuffer = -1;
            if (scratchBytes > 0)
            {
                scratchBuffer = _buffers.Count;
                _buffers.Add(new BufferRequest(scratchBytes, step, step));
            }

            steps[step] = new PlanStep(node, scratchBytes, scratchBuffer);
        }

        for (int value = 0; value < _values.Length; value++)
        {
            if (_values[value].Place == ValuePlace.Arena)
            {
                _values[value] = _values[value] with { Index = _values[_owner[value]].Index };
            }
        }

        return steps;
    }

    private void PlaceOutput(PreparedNode node, int step, int position, int output)
    {
        int last = Math.Max(step, _lastRead[output]);
        int buffer = position == 0 ? FindOverwritable(node, step, output) : -1;
        if (buffer >= 0)
        {
            _buffers[buffer] = _buffers[buffer] with { Last = last };
        }
        else
        {
            buffer = _buffers.Count;
            _buffers.Add(new BufferRequest(BytesOf(output), step, last));
        }

        _values[output] = _values[output] with { Index = buffer };
    }

    private int FindOverwritable(PreparedNode node, int step, int output)
    {
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            int input = node.Inputs[i];
            if (input < 0 || !node.Kernel.CanOverwrite(i) || _values[input].Place != ValuePlace.Arena || _lastRead[_owner[input]] != step
                || _values[input].Shape != _values[output].Shape || _values[output].Type == ElementType.String || BytesOf(input) != BytesOf(output))
            {
                continue;
            }

            // Another input that shows the same memory must be read at the same pace.
            int owner = _owner[input];
            bool shared = false;
            for (int other = 0; other < node.Inputs.Length; other++)
            {
                int value = node.Inputs[other];
                shared |= value >= 0 && other != i && _owner[value] == owner && (value != input || !node.Kernel.CanOverwrite(other));
            }

            if (!shared)
            {
                return _values[owner].Index;
            }
        }

        return -1;
    }

    private long BytesOf(int value) => (long)_values[value].Shape.Length * ElementTypes.Get(_values[value].Type).Size;

    private Shape[] ShapesOf(int[] values) => Array.ConvertAll(values, value => value < 0 ? default : _values[value].Shape);
}
