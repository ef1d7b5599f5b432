using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Keeps arithmetic off subnormal numbers, on which processors are several times slower. An average of gradients that have become zero decays into
/// them and, as the smallest of them times 0.9 rounds to itself, never out of them; the square of a gradient of 1e-20 is one.
/// </summary>
public static class Subnormal
{
    // 2⁻¹²⁰: what a factor of 2⁻⁶ leaves of it is a normal binary32 number.
    private const double LeastAverage = 7.52316384526264e-37;

    // 2⁻¹⁰⁰: a learning rate of 2⁻²⁰ times it is one too.
    private const double LeastGradient = 7.888609052210118e-31;

    // 2⁻⁵⁷: a thousandth of its square is a normal binary32 number.
    private const double LeastRoot = 6.938893903907228e-18;

    /// <summary>a, or 0 where |a| is below 2⁻¹²⁰; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Flush<TLanes>(TLanes a)
        where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(TLanes.Broadcast(LeastAverage), TLanes.Abs(a), TLanes.Zero, a);

    /// <summary>a, or 0 where |a| is below 2⁻¹⁰⁰; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes FlushGradient<TLanes>(TLanes a)
        where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(TLanes.Broadcast(LeastGradient), TLanes.Abs(a), TLanes.Zero, a);

    /// <summary>a², or 0 where |a| is below 2⁻⁵⁷; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Square<TLanes>(TLanes a)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes root = TLanes.SelectGreater(TLanes.Broadcast(LeastRoot), TLanes.Abs(a), TLanes.Zero, a);
        return root * root;
    }
}
