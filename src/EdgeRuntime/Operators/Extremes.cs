using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The ends of a number type, infinities included.</summary>
internal static class Extremes
{
    /// <summary>-∞, or the least integer.</summary>
    public static T Least<T>()
        where T : unmanaged, INumber<T>, IMinMaxValue<T> => IsReal<T>() ? T.CreateTruncating(float.NegativeInfinity) : T.MinValue;

    /// <summary>+∞, or the greatest integer.</summary>
    public static T Greatest<T>()
        where T : unmanaged, INumber<T>, IMinMaxValue<T> => IsReal<T>() ? T.CreateTruncating(float.PositiveInfinity) : T.MaxValue;

    private static bool IsReal<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half);
}
