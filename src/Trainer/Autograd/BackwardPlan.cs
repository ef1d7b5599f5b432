namespace Toolkit.Trainer.Autograd;

/// <summary>Which steps backward visits, in order, and for each input whether a gradient is wanted and whether it is the first.</summary>
internal sealed class BackwardPlan
{
    private readonly bool[] _hasGradient;

    private BackwardPlan(IReadOnlyList<BackwardStep> steps, bool[] hasGradient)
    {
        Steps = steps;
        _hasGradient = hasGradient;
    }

    public IReadOnlyList<BackwardStep> Steps { get; }

    /// <summary>Whether any step writes a gradient of this value.</summary>
    public bool HasGradient(int value) => _hasGradient[value];

    public static BackwardPlan Create(IReadOnlyList<Variable> values, IReadOnlyList<TraceStep> steps, int output)
    {
        var hasGradient = new bool[values.Count];
        hasGradient[output] = true;
        var plan = new List<BackwardStep>();
        for (int index = steps.Count - 1; index >= 0; index--)
        {
            TraceStep step = steps[index];
            if (!hasGradient[step.Output])
            {
                continue;
            }

            var needs = new bool[step.Inputs.Count];
            var accumulates = new bool[step.Inputs.Count];
            for (int i = 0; i < needs.Length; i++)
            {
                int input = step.Inputs[i];
                needs[i] = values[input].RequiresGradient && step.Function.IsDifferentiable(i);
                accumulates[i] = needs[i] && hasGradient[input];
                hasGradient[input] |= needs[i];
            }

            if (needs.Contains(true))
            {
                plan.Add(new BackwardStep(index, needs, accumulates));
            }
        }

        return new BackwardPlan(plan, hasGradient);
    }
}
