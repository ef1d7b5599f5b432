using System.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics;

/// <content>Element-wise functions, with NumPy's names.</content>
public abstract partial class Tensor
{
    /// <summary>eˣ.</summary>
    public static Tensor<T> Exp<T>(Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorLoops.Unary(default(Exponential), x);

    /// <summary>ln x; NaN where x is negative.</summary>
    public static Tensor<T> Log<T>(Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorLoops.Unary(default(Logarithm), x);

    /// <summary>√x; NaN where x is negative.</summary>
    public static Tensor<T> Sqrt<T>(Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorLoops.Unary(default(SquareRoot), x);

    /// <summary>tanh x.</summary>
    public static Tensor<T> Tanh<T>(Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorLoops.Unary(default(HyperbolicTangent), x);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Tensor<T> Sigmoid<T>(Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorLoops.Unary(default(Sigmoid), x);

    /// <summary>max(0, x).</summary>
    public static Tensor<T> Relu<T>(Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorLoops.Unary(default(Relu), x);

    /// <summary>1 where x &gt; 0, else 0.</summary>
    public static Tensor<T> Step<T>(Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorLoops.Unary(default(Step), x);

    /// <summary>|x|.</summary>
    public static Tensor<T> Abs<T>(Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorLoops.Unary(default(Absolute), x);

    /// <summary>Softmax along the last axis, its maximum subtracted first.</summary>
    /// <exception cref="ArgumentException">x is a scalar.</exception>
    public static Tensor<T> Softmax<T>(Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank == 0)
        {
            throw new ArgumentException("Tensor.Softmax: expected at least one axis, got a scalar.", nameof(x));
        }

        var y = new Tensor<T>(x.Shape);
        if (y.Length > 0)
        {
            Kernels.Softmax.Forward<T>(x.Contiguous().Span, y.Span, y.Length / y.Shape[^1], y.Shape[^1], WorkerPool.Shared);
        }

        return y;
    }

    /// <summary>xᵉ for every element.</summary>
    public static Tensor<T> Pow<T>(Tensor<T> x, T exponent)
        where T : IPowerFunctions<T> => Map(x, value => T.Pow(value, exponent));

    /// <summary>The greater of x and y, broadcast.</summary>
    public static Tensor<T> Maximum<T>(Tensor<T> x, Tensor<T> y)
        where T : INumber<T> => TensorLoops.Binary<ScalarFunctions.Maximum<T>, T, T>(x, y);

    /// <summary>The greater of x and y: <c>Maximum(x, 0)</c> is relu.</summary>
    public static Tensor<T> Maximum<T>(Tensor<T> x, T y)
        where T : INumber<T> => Maximum(x, Scalar(y));

    /// <summary>The smaller of x and y, broadcast.</summary>
    public static Tensor<T> Minimum<T>(Tensor<T> x, Tensor<T> y)
        where T : INumber<T> => TensorLoops.Binary<ScalarFunctions.Minimum<T>, T, T>(x, y);

    /// <summary>The smaller of x and y.</summary>
    public static Tensor<T> Minimum<T>(Tensor<T> x, T y)
        where T : INumber<T> => Minimum(x, Scalar(y));

    /// <summary>x limited to [min, max].</summary>
    public static Tensor<T> Clip<T>(Tensor<T> x, T min, T max)
        where T : INumber<T> => Minimum(Maximum(x, min), max);

    /// <summary>x = y, element by element.</summary>
    public static Tensor<bool> Equal<T>(Tensor<T> x, Tensor<T> y)
        where T : INumber<T> => TensorLoops.Binary<ScalarFunctions.Equal<T>, T, bool>(x, y);

    /// <summary>Where the condition holds x, elsewhere y; all three broadcast.</summary>
    public static Tensor<T> Where<T>(Tensor<bool> condition, Tensor<T> x, Tensor<T> y)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Shape shape = Shape.Broadcast(condition.Shape, Shape.Broadcast(x.Shape, y.Shape));
        ReadOnlySpan<bool> c = condition.BroadcastTo(shape).Contiguous().Span;
        ReadOnlySpan<T> a = x.BroadcastTo(shape).Contiguous().Span;
        ReadOnlySpan<T> b = y.BroadcastTo(shape).Contiguous().Span;
        var z = new Tensor<T>(shape);
        for (int i = 0; i < z.Length; i++)
        {
            z.Span[i] = c[i] ? a[i] : b[i];
        }

        return z;
    }

    /// <summary>A function applied to every element: what NumPy calls a universal function, for any function.</summary>
    public static Tensor<TOut> Map<TIn, TOut>(Tensor<TIn> x, Func<TIn, TOut> function)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(function);
        var y = new Tensor<TOut>(x.Shape);
        ReadOnlySpan<TIn> source = x.Contiguous().Span;
        Span<TOut> target = y.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = function(source[i]);
        }

        return y;
    }

    /// <summary>The same values in another number type, as <c>x.astype</c>: saturating where the type is too small, towards zero from fractions.</summary>
    public static Tensor<TOut> Cast<TIn, TOut>(Tensor<TIn> x)
        where TIn : INumberBase<TIn>
        where TOut : INumberBase<TOut> => Map(x, TOut.CreateSaturating);
}
