using System.Runtime.CompilerServices;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Optimizers;

/// <summary>w ← w − d·w, then a rule: decoupled weight decay.</summary>
/// <remarks>Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019.</remarks>
/// <param name="rule">The rule.</param>
/// <param name="decay">d, the learning rate times the decay.</param>
internal readonly struct DecayedRule<TRule>(TRule rule, float decay) : IUpdateRule
    where TRule : struct, IUpdateRule
{
    public static int SlotCount => TRule.SlotCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : struct, ILanes<TLanes>
    {
        parameter = TLanes.MultiplyAdd(TLanes.Broadcast(-decay), parameter, parameter);
        rule.Invoke(ref parameter, gradient, ref slot0, ref slot1, ref slot2);
    }
}
