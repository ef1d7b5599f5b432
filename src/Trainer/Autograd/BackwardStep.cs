namespace Toolkit.Trainer.Autograd;

/// <summary>One visit of backward.</summary>
/// <param name="Step">The index of the step whose function runs backward.</param>
/// <param name="Needs">For each input, whether its gradient is computed.</param>
/// <param name="Accumulates">For each input, whether an earlier visit, or a lower input of this one, has filled its gradient already.</param>
internal sealed record BackwardStep(int Step, bool[] Needs, bool[] Accumulates);
