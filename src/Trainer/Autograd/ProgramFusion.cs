using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>
/// Joins neighbouring functions of a record that a program can do in one pass over memory, with the bits of the separate ones: a function and what is
/// applied to its result, where nobody else reads it. The joined step stands where the first one stood.
/// </summary>
internal sealed class ProgramFusion
{
    private readonly List<TraceStep> _steps = [];
    private readonly int[] _indices;

    /// <param name="values">The values of the record.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="kept">Values that must stay: they are read after the program.</param>
    public ProgramFusion(IReadOnlyList<Variable> values, IReadOnlyList<TraceStep> steps, IReadOnlyList<Variable> kept)
    {
        var readers = new List<int>[values.Count];
        for (int index = 0; index < values.Count; index++)
        {
            readers[index] = [];
        }

        for (int index = 0; index < steps.Count; index++)
        {
            foreach (int input in steps[index].Inputs)
            {
                readers[input].Add(index);
            }
        }

        // A value that is kept has a reader that is no step.
        foreach (Variable variable in kept)
        {
            readers[variable.Index].Add(steps.Count);
        }

        TraceStep?[] joined = [.. steps];
        _indices = new int[steps.Count];
        for (int index = 0; index < joined.Length; index++)
        {
            if (joined[index] is not { } step)
            {
                continue;
            }

            Shape[] shapes = [.. step.Inputs.Select(input => values[input].Shape)];
            while (OnlyReader(step) is { } reader && steps[reader].Inputs.Count == 1 && step.Function.Fuse(steps[reader].Function, shapes) is { } fused)
            {
                step = step with { Function = fused, Output = steps[reader].Output };
                joined[reader] = null;
                _indices[reader] = _steps.Count;
            }

            if (OnlyReader(step) is { } next && steps[next].Inputs[0] == step.Output && step.Function.LeaveReluDerivative() is { } left && steps[next].Function.TakeReluDerivative() is { } taken)
            {
                step = step with { Function = left };
                joined[next] = joined[next]! with { Function = taken };
            }

            _indices[index] = _steps.Count;
            _steps.Add(step);
        }

        int? OnlyReader(TraceStep step) => readers[step.Output] is [int reader] && reader < steps.Count ? reader : null;
    }

    /// <summary>The steps to run.</summary>
    public IReadOnlyList<TraceStep> Steps => _steps;

    /// <summary>Which of <see cref="Steps"/> does a step of the record.</summary>
    public int IndexOf(int step) => _indices[step];
}
