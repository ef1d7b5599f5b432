using System.Numerics;

namespace Toolkit.Numerics;

/// <summary>The scalar forms of the tensor operators, for element types that have no kernel.</summary>
internal static class ScalarFunctions
{
    public readonly struct Add<T> : IScalarFunction<T, T>
        where T : INumber<T>
    {
        public static T Invoke(T x, T y) => x + y;
    }

    public readonly struct Subtract<T> : IScalarFunction<T, T>
        where T : INumber<T>
    {
        public static T Invoke(T x, T y) => x - y;
    }

    public readonly struct Multiply<T> : IScalarFunction<T, T>
        where T : INumber<T>
    {
        public static T Invoke(T x, T y) => x * y;
    }

    public readonly struct Divide<T> : IScalarFunction<T, T>
        where T : INumber<T>
    {
        public static T Invoke(T x, T y) => x / y;
    }

    public readonly struct Remainder<T> : IScalarFunction<T, T>
        where T : INumber<T>
    {
        public static T Invoke(T x, T y) => x % y;
    }

    public readonly struct Minimum<T> : IScalarFunction<T, T>
        where T : INumber<T>
    {
        public static T Invoke(T x, T y) => T.Min(x, y);
    }

    public readonly struct Maximum<T> : IScalarFunction<T, T>
        where T : INumber<T>
    {
        public static T Invoke(T x, T y) => T.Max(x, y);
    }

    public readonly struct Greater<T> : IScalarFunction<T, bool>
        where T : INumber<T>
    {
        public static bool Invoke(T x, T y) => x > y;
    }

    public readonly struct GreaterOrEqual<T> : IScalarFunction<T, bool>
        where T : INumber<T>
    {
        public static bool Invoke(T x, T y) => x >= y;
    }

    public readonly struct Equal<T> : IScalarFunction<T, bool>
        where T : INumber<T>
    {
        public static bool Invoke(T x, T y) => x == y;
    }

    public readonly struct And : IScalarFunction<bool, bool>
    {
        public static bool Invoke(bool x, bool y) => x & y;
    }

    public readonly struct Or : IScalarFunction<bool, bool>
    {
        public static bool Invoke(bool x, bool y) => x | y;
    }

    public readonly struct ExclusiveOr : IScalarFunction<bool, bool>
    {
        public static bool Invoke(bool x, bool y) => x ^ y;
    }
}
