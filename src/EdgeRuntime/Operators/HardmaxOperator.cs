using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = 1 for the first greatest element along an axis, 0 for the others; a NaN is greater than any number.</summary>
internal static class HardmaxOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Hardmax op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op.Axis),
        ElementType.Float64 => new Kernel<double>(op.Axis),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(int axis) : AxisKernel<T>(axis)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        protected override void Rows(ReadOnlySpan<T> x, Span<T> y, int rows, int columns, WorkerPool workers)
        {
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<T> values = x.Slice(row * columns, columns);
                int best = 0;
                for (int i = 1; i < columns; i++)
                {
                    if (values[i] > values[best] || (T.IsNaN(values[i]) && !T.IsNaN(values[best])))
                    {
                        best = i;
                    }
                }

                Span<T> target = y.Slice(row * columns, columns);
                target.Clear();
                target[best] = T.One;
            }
        }
    }
}
