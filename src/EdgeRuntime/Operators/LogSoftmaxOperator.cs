using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x - max x - ln Σ e^(x - max x) along an axis.</summary>
internal static class LogSoftmaxOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.LogSoftmax op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op.Axis),
        ElementType.Float64 => new Kernel<double>(op.Axis),
        _ => throw node.UnsupportedType(0),
    };

    /// <summary>The logarithms of the softmax of each row of a [rows, columns] matrix; x and y may be the same memory.</summary>
    public static void Rows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < rows; row++)
        {
            Row(x.Slice(row * columns, columns), y.Slice(row * columns, columns));
        }
    }

    private static void Row<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T max = T.NegativeInfinity;
        foreach (T value in x)
        {
            max = T.Max(max, value);
        }

        T sum = T.Zero;
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[i] - max;
            sum += T.Exp(y[i]);
        }

        T log = T.Log(sum);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] -= log;
        }
    }

    private sealed class Kernel<T>(int axis) : AxisKernel<T>(axis)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        protected override void Rows(ReadOnlySpan<T> x, Span<T> y, int rows, int columns, WorkerPool workers) => LogSoftmaxOperator.Rows(x, y, rows, columns);
    }
}
