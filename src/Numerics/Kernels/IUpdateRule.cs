namespace Toolkit.Numerics.Kernels;

/// <summary>
/// An optimizer's rule for one parameter, written once for every lane group. It sees the parameter, its gradient and
/// up to three state slots, and runs as one fused pass over the flat parameter arena.
/// Mark the implementation <c>AggressiveInlining</c>: a call per register would cost more than the arithmetic.
/// </summary>
public interface IUpdateRule
{
    /// <summary>How many state slots the rule uses: 0 to 3.</summary>
    static abstract int SlotCount { get; }

    /// <summary>Updates the parameter and its slots in place. Slots beyond the rule's count hold zero and are not stored.</summary>
    void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : struct, ILanes<TLanes>;
}
