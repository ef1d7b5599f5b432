namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A group of floating-point lanes that a formula is written for once: a scalar (one lane) or a SIMD register.
/// The element-wise operations, the optimizers' update rules and the reductions are generic over it, so that the
/// scalar oracle and every instruction set compute the same formula in the same order, bit for bit.
/// </summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
public interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>All lanes zero.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>All lanes the same value, rounded to the element type.</summary>
    static abstract TSelf Broadcast(double value);

    /// <summary>a + b.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>a - b.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>a · b.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a / b.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>-a.</summary>
    static abstract TSelf operator -(TSelf a);

    /// <summary>a · b + c, rounded once (fused).</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The smaller, <c>a &lt; b ? a : b</c>: b where either is NaN.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The greater, <c>a &gt; b ? a : b</c>: b where either is NaN.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>√a, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf a);

    /// <summary>|a|.</summary>
    static abstract TSelf Abs(TSelf a);

    /// <summary>eᵃ.</summary>
    static abstract TSelf Exp(TSelf a);

    /// <summary>ln a.</summary>
    static abstract TSelf Log(TSelf a);

    /// <summary>tanh a.</summary>
    static abstract TSelf Tanh(TSelf a);

    /// <summary>Per lane, <c>a &gt; b ? whenTrue : whenFalse</c>; whenFalse where either is NaN.</summary>
    static abstract TSelf SelectGreater(TSelf a, TSelf b, TSelf whenTrue, TSelf whenFalse);

    /// <summary>The lanes 0, 2, 4, … of a followed by b.</summary>
    static abstract TSelf Even(TSelf a, TSelf b);

    /// <summary>The lanes 1, 3, 5, … of a followed by b.</summary>
    static abstract TSelf Odd(TSelf a, TSelf b);

    /// <summary>The first half of a₀ b₀ a₁ b₁ …</summary>
    static abstract TSelf InterleaveLower(TSelf a, TSelf b);

    /// <summary>The second half of a₀ b₀ a₁ b₁ …</summary>
    static abstract TSelf InterleaveUpper(TSelf a, TSelf b);
}
