using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = the dimensions of x, int64, or a range of them.</summary>
internal sealed class ShapeOperator(long start) : OperatorKernel
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Shape op, NodeContext node) => new ShapeOperator(op.Start);

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments)
    {
        Shape shape = arguments.InputShape(0);
        Span<long> y = arguments.Output<long>(0);
        int first = (int)Math.Clamp(start < 0 ? start + shape.Rank : start, 0, shape.Rank);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = shape[first + i];
        }
    }
}
