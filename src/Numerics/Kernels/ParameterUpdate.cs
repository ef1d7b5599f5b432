using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The fused pass of an optimizer over a flat arena of parameters.</summary>
public static unsafe class ParameterUpdate
{
    // A part shorter than this is done before a sleeping worker has woken.
    private const int Grain = 16384;

    /// <summary>
    /// Applies the rule to every parameter. Slots that the rule does not use may be empty; the rule sees gradients below 2⁻¹⁰⁰ and slots below 2⁻¹²⁰
    /// as zero (<see cref="Subnormal"/>).
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Apply<TRule, T>(TRule rule, Span<T> parameters, ReadOnlySpan<T> gradients, Span<T> slot0, Span<T> slot1, Span<T> slot2, WorkerPool workers)
        where TRule : struct, IUpdateRule
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Length(gradients.Length, parameters.Length);
        if (TRule.SlotCount > 0)
        {
            Check.Length(slot0.Length, parameters.Length);
        }

        if (TRule.SlotCount > 1)
        {
            Check.Length(slot1.Length, parameters.Length);
        }

        if (TRule.SlotCount > 2)
        {
            Check.Length(slot2.Length, parameters.Length);
        }

        fixed (T* p = parameters, g = gradients, s0 = slot0, s1 = slot1, s2 = slot2)
        {
            var body = new Body<TRule>(rule, p, g, s0, s1, s2);
            LaneTraversal.Run<Body<TRule>, T>(ref body, parameters.Length, Grain, LaneTraversal.ElementAlignment, workers);
        }
    }

    private readonly struct Body<TRule>(TRule rule, void* parameters, void* gradients, void* slot0, void* slot1, void* slot2) : ILaneBody
        where TRule : struct, IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke<TLanes, TElement>(int start, int end)
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            var p = (TElement*)parameters;
            var g = (TElement*)gradients;
            var s0 = (TElement*)slot0;
            var s1 = (TElement*)slot1;
            var s2 = (TElement*)slot2;
            TRule update = rule;
            TLanes zero = TLanes.Zero;
            int i = start;
            for (; i <= end - TLanes.Count; i += TLanes.Count)
            {
                TLanes parameter = TLanes.Load(in p[i]);
                TLanes state0 = TRule.SlotCount > 0 ? Subnormal.Flush(TLanes.Load(in s0[i])) : zero;
                TLanes state1 = TRule.SlotCount > 1 ? Subnormal.Flush(TLanes.Load(in s1[i])) : zero;
                TLanes state2 = TRule.SlotCount > 2 ? Subnormal.Flush(TLanes.Load(in s2[i])) : zero;
                update.Invoke(ref parameter, Subnormal.FlushGradient(TLanes.Load(in g[i])), ref state0, ref state1, ref state2);
                TLanes.Store(parameter, ref p[i]);
                if (TRule.SlotCount > 0)
                {
                    TLanes.Store(state0, ref s0[i]);
                }

                if (TRule.SlotCount > 1)
                {
                    TLanes.Store(state1, ref s1[i]);
                }

                if (TRule.SlotCount > 2)
                {
                    TLanes.Store(state2, ref s2[i]);
                }
            }

            int rest = end - i;
            if (rest > 0)
            {
                TLanes parameter = TLanes.LoadPartial(p + i, rest, zero);
                TLanes state0 = TRule.SlotCount > 0 ? Subnormal.Flush(TLanes.LoadPartial(s0 + i, rest, zero)) : zero;
                TLanes state1 = TRule.SlotCount > 1 ? Subnormal.Flush(TLanes.LoadPartial(s1 + i, rest, zero)) : zero;
                TLanes state2 = TRule.SlotCount > 2 ? Subnormal.Flush(TLanes.LoadPartial(s2 + i, rest, zero)) : zero;
                update.Invoke(ref parameter, Subnormal.FlushGradient(TLanes.LoadPartial(g + i, rest, zero)), ref state0, ref state1, ref state2);
                TLanes.StorePartial(parameter, p + i, rest);
                if (TRule.SlotCount > 0)
                {
                    TLanes.StorePartial(state0, s0 + i, rest);
                }

                if (TRule.SlotCount > 1)
                {
                    TLanes.StorePartial(state1, s1 + i, rest);
                }

                if (TRule.SlotCount > 2)
                {
                    TLanes.StorePartial(state2, s2 + i, rest);
                }
            }
        }
    }
}
