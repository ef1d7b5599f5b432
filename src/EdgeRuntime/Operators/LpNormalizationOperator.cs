using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x / (Σ |x|) or x / √(Σ x²) along an axis, the sum in float64; 0 where the norm is 0.</summary>
internal static class LpNormalizationOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.LpNormalization op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op.Axis, op.P),
        ElementType.Float64 => new Kernel<double>(op.Axis, op.P),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(int axis, int p) : AxisKernel<T>(axis)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        protected override void Rows(ReadOnlySpan<T> x, Span<T> y, int rows, int columns, WorkerPool workers)
        {
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<T> values = x.Slice(row * columns, columns);
                double sum = 0;
                foreach (T value in values)
                {
                    double real = double.CreateTruncating(value);
                    sum += p == 1 ? Math.Abs(real) : real * real;
                }

                double norm = p == 1 ? sum : Math.Sqrt(sum);
                Span<T> target = y.Slice(row * columns, columns);
                for (int i = 0; i < columns; i++)
                {
                    target[i] = norm == 0 ? T.Zero : T.CreateTruncating(double.CreateTruncating(values[i]) / norm);
                }
            }
        }
    }
}
