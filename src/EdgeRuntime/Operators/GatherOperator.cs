using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x[…, indices, …] along one axis. Indices count from the end where they are negative; one outside the axis is an error.</summary>
internal static class GatherOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Gather op, NodeContext node) => IntegerInput.Accepts(node.InputType(1))
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
            int normal = shape.NormalizeAxis(axis);
            int size = shape[normal];
            int inner = shape.LengthOf((normal + 1)..);
            Tensor indices = arguments.InputTensor(1);
            int outer = shape.LengthOf(..normal);
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < indices.Length; i++)
            {
                long index = IntegerInput.Read(indices, i);
                if (index < -size || index >= size)
                {
                    throw node.BadValue($"expected indices from -{size} to {size - 1} on axis {normal} of data {shape}, got {index}.");
                }

                int from = (int)(index < 0 ? index + size : index);
                for (int block = 0; block < outer; block++)
                {
                    x.Slice(((block * size) + from) * inner, inner).CopyTo(y[(((block * indices.Length) + i) * inner)..]);
                }
            }
        }
    }
}
