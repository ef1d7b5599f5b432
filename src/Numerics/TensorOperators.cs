using System.Numerics;

namespace Toolkit.Numerics;

/// <summary>
/// The element-wise operators of tensors, with NumPy's broadcasting. Integers divide as C#'s do, towards zero. A comparison gives a
/// tensor of bool; equality is <see cref="Tensor.Equal"/>, because <c>==</c> compares references.
/// </summary>
public static class TensorOperators
{
    extension<T>(Tensor<T> self)
        where T : INumber<T>
    {
        /// <summary>x + y.</summary>
        public static Tensor<T> operator +(Tensor<T> x, Tensor<T> y) => TensorLoops.Arithmetic<Kernels.Add, ScalarFunctions.Add<T>, T>(x, y);

        /// <summary>x + y.</summary>
        public static Tensor<T> operator +(Tensor<T> x, T y) => x + Tensor.Scalar(y);

        /// <summary>x + y.</summary>
        public static Tensor<T> operator +(T x, Tensor<T> y) => Tensor.Scalar(x) + y;

        /// <summary>x - y.</summary>
        public static Tensor<T> operator -(Tensor<T> x, Tensor<T> y) => TensorLoops.Arithmetic<Kernels.Subtract, ScalarFunctions.Subtract<T>, T>(x, y);

        /// <summary>x - y.</summary>
        public static Tensor<T> operator -(Tensor<T> x, T y) => x - Tensor.Scalar(y);

        /// <summary>x - y.</summary>
        public static Tensor<T> operator -(T x, Tensor<T> y) => Tensor.Scalar(x) - y;

        /// <summary>-x.</summary>
        public static Tensor<T> operator -(Tensor<T> x) => Tensor.Scalar(T.Zero) - x;

        /// <summary>x · y, element by element; the matrix product is <see cref="Tensor.MatMul"/>.</summary>
        public static Tensor<T> operator *(Tensor<T> x, Tensor<T> y) => TensorLoops.Arithmetic<Kernels.Multiply, ScalarFunctions.Multiply<T>, T>(x, y);

        /// <summary>x · y.</summary>
        public static Tensor<T> operator *(Tensor<T> x, T y) => x * Tensor.Scalar(y);

        /// <summary>x · y.</summary>
        public static Tensor<T> operator *(T x, Tensor<T> y) => Tensor.Scalar(x) * y;

        /// <summary>x / y.</summary>
        public static Tensor<T> operator /(Tensor<T> x, Tensor<T> y) => TensorLoops.Arithmetic<Kernels.Divide, ScalarFunctions.Divide<T>, T>(x, y);

        /// <summary>x / y.</summary>
        public static Tensor<T> operator /(Tensor<T> x, T y) => x / Tensor.Scalar(y);

        /// <summary>x / y.</summary>
        public static Tensor<T> operator /(T x, Tensor<T> y) => Tensor.Scalar(x) / y;

        /// <summary>The remainder of x / y, with x's sign.</summary>
        public static Tensor<T> operator %(Tensor<T> x, Tensor<T> y) => TensorLoops.Binary<ScalarFunctions.Remainder<T>, T, T>(x, y);

        /// <summary>The remainder of x / y, with x's sign.</summary>
        public static Tensor<T> operator %(Tensor<T> x, T y) => x % Tensor.Scalar(y);

        /// <summary>x &gt; y, element by element.</summary>
        public static Tensor<bool> operator >(Tensor<T> x, Tensor<T> y) => TensorLoops.Binary<ScalarFunctions.Greater<T>, T, bool>(x, y);

        /// <summary>x &lt; y, element by element.</summary>
        public static Tensor<bool> operator <(Tensor<T> x, Tensor<T> y) => TensorLoops.Binary<ScalarFunctions.Greater<T>, T, bool>(y, x);

        /// <summary>x &gt; y, element by element.</summary>
        public static Tensor<bool> operator >(Tensor<T> x, T y) => x > Tensor.Scalar(y);

        /// <summary>x &lt; y, element by element.</summary>
        public static Tensor<bool> operator <(Tensor<T> x, T y) => x < Tensor.Scalar(y);

        /// <summary>x ≥ y, element by element.</summary>
        public static Tensor<bool> operator >=(Tensor<T> x, Tensor<T> y) => TensorLoops.Binary<ScalarFunctions.GreaterOrEqual<T>, T, bool>(x, y);

        /// <summary>x ≤ y, element by element.</summary>
        public static Tensor<bool> operator <=(Tensor<T> x, Tensor<T> y) => TensorLoops.Binary<ScalarFunctions.GreaterOrEqual<T>, T, bool>(y, x);

        /// <summary>x ≥ y, element by element.</summary>
        public static Tensor<bool> operator >=(Tensor<T> x, T y) => x >= Tensor.Scalar(y);

        /// <summary>x ≤ y, element by element.</summary>
        public static Tensor<bool> operator <=(Tensor<T> x, T y) => x <= Tensor.Scalar(y);
    }

    extension(Tensor<bool> self)
    {
        /// <summary>x and y.</summary>
        public static Tensor<bool> operator &(Tensor<bool> x, Tensor<bool> y) => TensorLoops.Binary<ScalarFunctions.And, bool, bool>(x, y);

        /// <summary>x or y.</summary>
        public static Tensor<bool> operator |(Tensor<bool> x, Tensor<bool> y) => TensorLoops.Binary<ScalarFunctions.Or, bool, bool>(x, y);

        /// <summary>Either x or y.</summary>
        public static Tensor<bool> operator ^(Tensor<bool> x, Tensor<bool> y) => TensorLoops.Binary<ScalarFunctions.ExclusiveOr, bool, bool>(x, y);

        /// <summary>Not x.</summary>
        public static Tensor<bool> operator !(Tensor<bool> x) => TensorLoops.Binary<ScalarFunctions.ExclusiveOr, bool, bool>(x, Tensor.Scalar(true));
    }
}
