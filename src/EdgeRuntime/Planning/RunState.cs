using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>
/// What one run at a time uses: an arena, a tensor for every value in it, and for every step the list of tensors that its kernel
/// gets. The caller's tensors are put into those lists for the time of a run.
/// </summary>
internal sealed class RunState
{
    private readonly (Tensor?[] List, int Position, int Index)[] _inputSlots;
    private readonly (Tensor?[] List, int Position, int Index)[] _outputSlots;

    /// <summary>Takes the arena and makes the tensors.</summary>
    public RunState(PlannedValue[] values, PlanStep[] steps, long[] offsets, long arenaBytes)
    {
        var arena = new Arena(arenaBytes);
        Tensors = new Tensor?[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            PlannedValue value = values[i];
            Tensors[i] = value.Place switch
            {
                ValuePlace.Constant => value.Constant,
                ValuePlace.Arena => arena.CreateTensor(value.Type, value.Shape, offsets[value.Index]),
                _ => null,
            };
        }

        var inputSlots = new List<(Tensor?[], int, int)>();
        var outputSlots = new List<(Tensor?[], int, int)>();
        Inputs = new Tensor?[steps.Length][];
        Outputs = new Tensor?[steps.Length][];
        Scratch = new Memory<byte>[steps.Length];
        for (int step = 0; step < steps.Length; step++)
        {
            PlanStep plan = steps[step];
            Inputs[step] = List(plan.Node.Inputs);
            Outputs[step] = List(plan.Node.Outputs);
            Scratch[step] = plan.ScratchBuffer < 0 ? default : arena.Slice(offsets[plan.ScratchBuffer], plan.ScratchBytes);
        }

        _inputSlots = [.. inputSlots];
        _outputSlots = [.. outputSlots];

        Tensor?[] List(int[] numbers)
        {
            var list = new Tensor?[numbers.Length];
            for (int i = 0; i < list.Length; i++)
            {
                if (numbers[i] < 0)
                {
                    continue;
                }

                PlannedValue value = values[numbers[i]];
                list[i] = Tensors[numbers[i]];
                if (value.Place == ValuePlace.Input)
                {
                    inputSlots.Add((list, i, value.Index));
                }
                else if (value.Place == ValuePlace.Output)
                {
                    outputSlots.Add((list, i, value.Index));
                }
            }

            return list;
        }
    }

    /// <summary>The tensors of constants and of what lies in the arena, by value.</summary>
    public Tensor?[] Tensors { get; }

    /// <summary>What each step reads.</summary>
    public Tensor?[][] Inputs { get; }

    /// <summary>What each step writes.</summary>
    public Tensor?[][] Outputs { get; }

    /// <summary>The scratch memory of each step.</summary>
    public Memory<byte>[] Scratch { get; }

    /// <summary>Puts the caller's tensors in place.</summary>
    public void Bind(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        foreach ((Tensor?[] list, int position, int index) in _inputSlots)
        {
            list[position] = inputs[index];
        }

        foreach ((Tensor?[] list, int position, int index) in _outputSlots)
        {
            list[position] = outputs[index];
        }
    }

    /// <summary>Lets go of the caller's tensors, so that an idle session keeps none of them alive.</summary>
    public void Release()
    {
        foreach ((Tensor?[] list, int position, _) in _inputSlots)
        {
            list[position] = null;
        }

        foreach ((Tensor?[] list, int position, _) in _outputSlots)
        {
            list[position] = null;
        }
    }
}
