using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = eˣ / Σ eˣ along an axis, the greatest x subtracted first.</summary>
internal static class SoftmaxOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Softmax op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op.Axis),
        ElementType.Float64 => new Kernel<double>(op.Axis),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(int axis) : AxisKernel<T>(axis)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        protected override void Rows(ReadOnlySpan<T> x, Span<T> y, int rows, int columns, WorkerPool workers) =>
            Softmax.Forward(x, y, rows, columns, workers);
    }
}
