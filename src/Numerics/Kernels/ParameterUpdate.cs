using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The fused pass of an optimizer over a flat arena of parameters.</summary>
public static unsafe class ParameterUpdate
{
    /// <summary>Applies the rule to every parameter. Slots that the rule does not use may be empty.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Apply<TRule, T>(TRule rule, Span<T> parameters, ReadOnlySpan<T> gradients, Span<T> slot0, Span<T> slot1, WorkerPool workers)
        where TRule : struct, IUpdateRule
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(gradients.Length == parameters.Length, parameters.Length, gradients.Length, nameof(gradients));
        CheckLength(TRule.SlotCount < 1 || slot0.Length == parameters.Length, parameters.Length, slot0.Length, nameof(slot0));
        CheckLength(TRule.SlotCount < 2 || slot1.Length == parameters.Length, parameters.Length, slot1.Length, nameof(slot1));
        fixed (T* p = parameters, g = gradients, s0 = slot0, s1 = slot1)
        {
            var body = new Body<TRule, T>(rule, p, g, s0, s1);
            LaneTraversal.Run<Body<TRule, T>, T>(ref body, parameters.Length);
        }
    }

    private static void CheckLength(bool holds, int expected, int actual, string name)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name}: expected {expected} elements, one a parameter, got {actual}.", name);
        }
    }

    private readonly struct Body<TRule, T>(TRule rule, T* parameters, T* gradients, T* slot0, T* slot1) : ILaneBody
        where TRule : struct, IUpdateRule
        where T : unmanaged
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
            for (int i = start; i < end; i++)
            {
                TLanes parameter = TLanes.Load(in p[i]);
                TLanes state0 = TRule.SlotCount > 0 ? TLanes.Load(in s0[i]) : TLanes.Zero;
                TLanes state1 = TRule.SlotCount > 1 ? TLanes.Load(in s1[i]) : TLanes.Zero;
                rule.Invoke(ref parameter, TLanes.Load(in g[i]), ref state0, ref state1);
                TLanes.Store(parameter, ref p[i]);
                if (TRule.SlotCount > 0)
                {
                    TLanes.Store(state0, ref s0[i]);
                }

                if (TRule.SlotCount > 1)
                {
                    TLanes.Store(state1, ref s1[i]);
                }
            }
        }
    }
}
