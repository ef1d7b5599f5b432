using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>How two elements become one where they are not real numbers: truth values as NumPy adds and multiplies them, complex numbers by their parts.</summary>
internal static class ElementReductions
{
    /// <summary>x or y: the sum and the greater of two truth values.</summary>
    public readonly struct Or : IBroadcastBody<bool, bool, bool>
    {
        /// <inheritdoc/>
        public static bool Invoke(bool x, bool y) => x || y;
    }

    /// <summary>x and y: the product and the lesser of two truth values.</summary>
    public readonly struct And : IBroadcastBody<bool, bool, bool>
    {
        /// <inheritdoc/>
        public static bool Invoke(bool x, bool y) => x && y;
    }

    /// <summary>x + y.</summary>
    public readonly struct ComplexSum : IBroadcastBody<Complex, Complex, Complex>, IBroadcastBody<Complex64, Complex64, Complex64>
    {
        /// <inheritdoc/>
        public static Complex Invoke(Complex x, Complex y) => x + y;

        /// <inheritdoc/>
        public static Complex64 Invoke(Complex64 x, Complex64 y) => new(x.Real + y.Real, x.Imaginary + y.Imaginary);
    }

    /// <summary>x · y.</summary>
    public readonly struct ComplexProduct : IBroadcastBody<Complex, Complex, Complex>, IBroadcastBody<Complex64, Complex64, Complex64>
    {
        /// <inheritdoc/>
        public static Complex Invoke(Complex x, Complex y) => x * y;

        /// <inheritdoc/>
        public static Complex64 Invoke(Complex64 x, Complex64 y) =>
            new((x.Real * y.Real) - (x.Imaginary * y.Imaginary), (x.Real * y.Imaginary) + (x.Imaginary * y.Real));
    }
}
