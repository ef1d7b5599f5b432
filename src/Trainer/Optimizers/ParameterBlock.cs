using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Optimizers;

/// <summary>What a step updates: parameters, their gradients, and the slots of the rule, each empty where the rule has none.</summary>
internal readonly ref struct ParameterBlock(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> slot0, Span<float> slot1, Span<float> slot2)
{
    private readonly Span<float> _parameters = parameters;
    private readonly ReadOnlySpan<float> _gradients = gradients;
    private readonly Span<float> _slot0 = slot0;
    private readonly Span<float> _slot1 = slot1;
    private readonly Span<float> _slot2 = slot2;

    private float Decay { get; init; }

    private WorkerPool Workers { get; init; } = WorkerPool.Serial;

    /// <summary>The same block with the share that every parameter loses before its update, and the threads to use.</summary>
    public ParameterBlock With(float decay, WorkerPool workers) => new(_parameters, _gradients, _slot0, _slot1, _slot2) { Decay = decay, Workers = workers };

    /// <summary>Applies a rule in one pass, the decay included.</summary>
    public void Apply<TRule>(TRule rule)
        where TRule : struct, IUpdateRule
    {
        if (Decay == 0)
        {
            ParameterUpdate.Apply(rule, _parameters, _gradients, _slot0, _slot1, _slot2, Workers);
        }
        else
        {
            ParameterUpdate.Apply(new DecayedRule<TRule>(rule, Decay), _parameters, _gradients, _slot0, _slot1, _slot2, Workers);
        }
    }
}
