using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics;

/// <summary>
/// The traversals behind tensor operators and functions: floating point goes to the kernels, every other element type through
/// generic maths.
/// </summary>
internal static class TensorLoops
{
    public static Tensor<TOut> Binary<TFunction, TIn, TOut>(Tensor<TIn> x, Tensor<TIn> y)
        where TFunction : struct, IScalarFunction<TIn, TOut>
    {
        Shape shape = Shape.Broadcast(x.Shape, y.Shape);
        var z = new Tensor<TOut>(shape);
        ReadOnlySpan<TIn> a = x.BroadcastTo(shape).Contiguous().Span;
        ReadOnlySpan<TIn> b = y.BroadcastTo(shape).Contiguous().Span;
        Span<TOut> c = z.Span;
        for (int i = 0; i < c.Length; i++)
        {
            c[i] = TFunction.Invoke(a[i], b[i]);
        }

        return z;
    }

    /// <summary>By the kernel where T is floating point, by the scalar function elsewhere.</summary>
    public static Tensor<T> Arithmetic<TOperation, TFunction, T>(Tensor<T> x, Tensor<T> y)
        where TOperation : struct, IBinaryOperation
        where TFunction : struct, IScalarFunction<T, T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (typeof(T) == typeof(float))
        {
            return (Tensor<T>)(object)FloatingPoint<TOperation, float>((Tensor<float>)(object)x, (Tensor<float>)(object)y);
        }

        if (typeof(T) == typeof(double))
        {
            return (Tensor<T>)(object)FloatingPoint<TOperation, double>((Tensor<double>)(object)x, (Tensor<double>)(object)y);
        }

        return Binary<TFunction, T, T>(x, y);
    }

    public static Tensor<T> Unary<TOperation, T>(TOperation operation, Tensor<T> x)
        where TOperation : struct, IUnaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        var y = new Tensor<T>(x.Shape);
        ElementWise.Unary<TOperation, T>(operation, x.Contiguous().Span, y.Span, WorkerPool.Shared);
        return y;
    }

    /// <summary>The same span under the type that T is known to be.</summary>
    public static ReadOnlySpan<TOut> As<TIn, TOut>(ReadOnlySpan<TIn> span) => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TIn, TOut>(ref MemoryMarshal.GetReference(span)), span.Length);

    /// <inheritdoc cref="As{TIn, TOut}(ReadOnlySpan{TIn})"/>
    public static Span<TOut> As<TIn, TOut>(Span<TIn> span) => MemoryMarshal.CreateSpan(ref Unsafe.As<TIn, TOut>(ref MemoryMarshal.GetReference(span)), span.Length);

    private static Tensor<T> FloatingPoint<TOperation, T>(Tensor<T> x, Tensor<T> y)
        where TOperation : struct, IBinaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape shape = Shape.Broadcast(x.Shape, y.Shape);
        var z = new Tensor<T>(shape);
        Tensor<T> a = x.Contiguous();
        Tensor<T> b = y.Contiguous();
        ElementWise.BinaryBroadcast<TOperation, T>(default, a.Span, a.Shape, b.Span, b.Shape, z.Span, shape, WorkerPool.Shared);
        return z;
    }
}
