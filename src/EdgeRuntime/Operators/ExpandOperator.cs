using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x, broadcast to a shape.</summary>
internal static class ExpandOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Expand op, NodeContext node) =>
        TypeDispatch.Element(node.InputType(0), default(Factory)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>();
    }

    private sealed class Kernel<T> : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape target = arguments.OutputShape(0);
            Span<int> strides = stackalloc int[Shape.MaxRank];
            BroadcastLoop.FillStrides(arguments.InputShape(0), target.Rank, strides);
            StridedCopy.Run(arguments.Input<T>(0), 0, strides[..target.Rank], target.Dimensions, arguments.Output<T>(0));
        }
    }
}
