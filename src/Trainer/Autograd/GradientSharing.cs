using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>
/// Which gradients lie in one memory: where a function hands its output's gradient on unchanged, or can write over it, and where it can have its
/// scratch there. A buffer is written only when none of the gradients that share it is to be read later as it was.
/// </summary>
internal sealed class GradientSharing
{
    private readonly IReadOnlyList<Variable> _values;
    private readonly int[] _root;
    private readonly int[] _lastRead;
    private readonly List<int>[] _additions;
    private readonly List<int>[] _members;
    private readonly bool[] _scratches;

    /// <param name="values">The values of the program.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="backward">The visits.</param>
    public GradientSharing(IReadOnlyList<Variable> values, IReadOnlyList<TraceStep> steps, BackwardPlan backward)
    {
        _values = values;
        _root = [.. Enumerable.Range(0, values.Count)];
        _members = [.. _root.Select(value => new List<int> { value })];
        _additions = [.. _root.Select(_ => new List<int>())];
        _lastRead = [.. _root.Select(_ => -1)];
        _scratches = new bool[steps.Count];
        for (int position = 0; position < backward.Steps.Count; position++)
        {
            BackwardStep visit = backward.Steps[position];
            TraceStep step = steps[visit.Step];
            _lastRead[step.Output] = position;
            for (int i = 0; i < visit.Needs.Length; i++)
            {
                if (visit.Accumulates[i])
                {
                    _additions[step.Inputs[i]].Add(position);
                }
            }
        }

        Visits = [.. backward.Steps.Select((visit, position) => Share(steps[visit.Step], visit, position))];
    }

    /// <summary>The visits, in which an input whose gradient is there already needs none.</summary>
    public IReadOnlyList<BackwardStep> Visits { get; }

    /// <summary>The value in whose gradient's memory this value's gradient lies.</summary>
    public int Root(int value) => _root[value];

    /// <summary>Whether a step's scratch lies in its output's gradient.</summary>
    public bool ScratchesOutputGradient(int step) => _scratches[step];

    private BackwardStep Share(TraceStep step, BackwardStep visit, int position)
    {
        Shape[] shapes = [.. step.Inputs.Select(input => _values[input].Shape)];
        bool[] needs = [.. visit.Needs];
        bool isWritten = false;
        for (int i = 0; i < needs.Length; i++)
        {
            int input = step.Inputs[i];
            GradientFlow flow = visit.Needs[i] && !visit.Accumulates[i] && CanShare(input, step.Output) ? step.Function.Flow(i, shapes) : GradientFlow.Computed;
            bool writes = flow == GradientFlow.InPlace && !isWritten;
            if (flow == GradientFlow.Computed || (writes && IsReadByOthers(step.Output, position)) || Disturbs(input, step.Output))
            {
                continue;
            }

            Join(input, step.Output);
            needs[i] = writes;
            isWritten |= writes;
        }

        _scratches[visit.Step] = step.Function.CanScratchOutputGradient
            && step.Function.ScratchLength(shapes) == _values[step.Output].Shape.Length
            && _values[step.Output].Parameter is null
            && !IsReadByOthers(step.Output, position);
        return visit with { Needs = needs };
    }

    private bool CanShare(int input, int output) =>
        _values[input].Parameter is null && _values[output].Parameter is null && _values[input].Shape.Length == _values[output].Shape.Length;

    // Whether another gradient of this memory is read at this position or later.
    private bool IsReadByOthers(int output, int position) =>
        _members[_root[output]].Exists(member => member != output && _lastRead[member] >= position);

    // Whether what is added to one would reach another that is still to be read.
    private bool Disturbs(int input, int output)
    {
        List<int> others = _members[_root[output]];
        return others.Exists(other => _additions[input].Exists(at => at <= _lastRead[other]) || _additions[other].Exists(at => at <= _lastRead[input] && at > _lastRead[output]));
    }

    private void Join(int input, int output)
    {
        _members[_root[output]].AddRange(_members[_root[input]]);
        _root[input] = _root[output];
    }
}
