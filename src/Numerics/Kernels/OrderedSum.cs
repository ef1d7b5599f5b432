using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Sums with sixteen accumulators, whatever the width of the lanes: term i goes to accumulator i mod 16, and at the end the
/// upper half of the accumulators is added to the lower until one is left. So every instruction set rounds alike.
/// </summary>
internal static class OrderedSum
{
    private const int Accumulators = 16;

    /// <summary>The sum of the terms [0, length).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TElement Compute<TTerms, TLanes, TElement>(TTerms terms, int length)
        where TTerms : struct, ISumTerms<TElement>
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => TLanes.Count switch
        {
            16 => ComputeInOne<TTerms, TLanes, TElement>(terms, length),
            8 => ComputeInTwo<TTerms, TLanes, TElement>(terms, length),
            4 => ComputeInFour<TTerms, TLanes, TElement>(terms, length),
            _ => ComputeInSixteen<TTerms, TLanes, TElement>(terms, length),
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TElement ComputeInOne<TTerms, TLanes, TElement>(TTerms terms, int length)
        where TTerms : struct, ISumTerms<TElement>
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes sum = TLanes.Zero;
        int i = 0;
        for (; i <= length - 16; i += 16)
        {
            sum = terms.AddTo(sum, i);
        }

        return TLanes.SumAcross(AddRest<TTerms, TLanes, TElement>(terms, sum, i, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TElement ComputeInTwo<TTerms, TLanes, TElement>(TTerms terms, int length)
        where TTerms : struct, ISumTerms<TElement>
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes lower = TLanes.Zero;
        TLanes upper = TLanes.Zero;
        int i = 0;
        for (; i <= length - Accumulators; i += Accumulators)
        {
            lower = terms.AddTo(lower, i);
            upper = terms.AddTo(upper, i + 8);
        }

        lower = AddRest<TTerms, TLanes, TElement>(terms, lower, i, length);
        upper = AddRest<TTerms, TLanes, TElement>(terms, upper, i + 8, length);
        return TLanes.SumAcross(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TElement ComputeInFour<TTerms, TLanes, TElement>(TTerms terms, int length)
        where TTerms : struct, ISumTerms<TElement>
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes s0 = TLanes.Zero;
        TLanes s4 = TLanes.Zero;
        TLanes s8 = TLanes.Zero;
        TLanes s12 = TLanes.Zero;
        int i = 0;
        for (; i <= length - Accumulators; i += Accumulators)
        {
            s0 = terms.AddTo(s0, i);
            s4 = terms.AddTo(s4, i + 4);
            s8 = terms.AddTo(s8, i + 8);
            s12 = terms.AddTo(s12, i + 12);
        }

        s0 = AddRest<TTerms, TLanes, TElement>(terms, s0, i, length);
        s4 = AddRest<TTerms, TLanes, TElement>(terms, s4, i + 4, length);
        s8 = AddRest<TTerms, TLanes, TElement>(terms, s8, i + 8, length);
        s12 = AddRest<TTerms, TLanes, TElement>(terms, s12, i + 12, length);
        return TLanes.SumAcross(s0 + s8 + (s4 + s12));
    }

    private static TElement ComputeInSixteen<TTerms, TLanes, TElement>(TTerms terms, int length)
        where TTerms : struct, ISumTerms<TElement>
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        SixteenLanes<TLanes> sums = default;
        for (int i = 0; i < length; i++)
        {
            ref TLanes sum = ref sums[i % Accumulators];
            sum = terms.AddTo(sum, i);
        }

        for (int half = Accumulators / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                sums[i] += sums[i + half];
            }
        }

        return TLanes.SumAcross(sums[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes AddRest<TTerms, TLanes, TElement>(TTerms terms, TLanes sum, int index, int length)
        where TTerms : struct, ISumTerms<TElement>
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int rest = length - index;
        return rest >= TLanes.Count ? terms.AddTo(sum, index) : rest > 0 ? terms.AddPartialTo(sum, index, rest) : sum;
    }

    [InlineArray(Accumulators)]
    private struct SixteenLanes<TLanes>
        where TLanes : struct
    {
        private TLanes _first;
    }
}
