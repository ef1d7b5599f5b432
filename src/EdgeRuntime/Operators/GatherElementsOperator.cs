using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = elements of data picked along an axis. Indices count from the end where they are negative; one outside the axis is an error.</summary>
internal static class GatherElementsOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.GatherElements op, NodeContext node) => IntegerInput.Accepts(node.InputType(1))
        ? TypeDispatch.Element(node.InputType(0), new Factory(op.Axis, node)) ?? throw node.UnsupportedType(0)
        : throw node.UnsupportedType(1);

    private readonly struct Factory(int axis, NodeContext node) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(axis, node);
    }

    private sealed class Kernel<T>(int axis, NodeContext node) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            Tensor indices = arguments.InputTensor(1);
            int normal = shape.NormalizeAxis(axis);
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            Span<int> room = stackalloc int[2 * Shape.MaxRank];
            var position = new AxisPositions(indices.Shape, shape, normal, room);
            for (int i = 0; i < y.Length; i++)
            {
                int index = IndexCheck.Normalize(IntegerInput.Read(indices, i), shape, normal, node);
                y[i] = x[position.Offset + (index * position.Stride)];
                position.Advance();
            }
        }
    }
}
