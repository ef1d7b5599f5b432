using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x with its axes in another order.</summary>
internal static class TransposeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Transpose op, NodeContext node) =>
        TypeDispatch.Element(node.InputType(0), new Factory(op.Perm)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory(IntList? perm) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(perm);
    }

    private sealed class Kernel<T>(IntList? perm) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            Span<int> source = stackalloc int[Shape.MaxRank];
            Span<int> strides = stackalloc int[Shape.MaxRank];
            BroadcastLoop.FillStrides(shape, shape.Rank, source);
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                strides[axis] = source[perm is null ? shape.Rank - 1 - axis : (int)perm[axis]];
            }

            StridedCopy.Run(arguments.Input<T>(0), 0, strides[..shape.Rank], arguments.OutputShape(0).Dimensions, arguments.Output<T>(0));
        }
    }
}
