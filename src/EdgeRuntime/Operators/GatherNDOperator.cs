using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = slices of data picked by tuples of indices. Indices count from the end where they are negative; one outside its axis is an error.</summary>
internal static class GatherNDOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.GatherND op, NodeContext node) => IntegerInput.Accepts(node.InputType(1))
        ? TypeDispatch.Element(node.InputType(0), new Factory((int)op.BatchDims, node)) ?? throw node.UnsupportedType(0)
        : throw node.UnsupportedType(1);

    private readonly struct Factory(int batchDims, NodeContext node) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(batchDims, node);
    }

    private sealed class Kernel<T>(int batchDims, NodeContext node) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            Tensor indices = arguments.InputTensor(1);
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            int tuple = indices.Shape[^1];
            int slice = shape.LengthOf((batchDims + tuple)..);
            int block = shape.LengthOf(batchDims..);
            int tuples = indices.Shape.LengthOf(batchDims..^1);
            for (int i = 0; i < indices.Length / tuple; i++)
            {
                int position = IndexTuples.Resolve(indices, i * tuple, shape, batchDims, node);
                x.Slice((i / tuples * block) + (position * slice), slice).CopyTo(y[(i * slice)..]);
            }
        }
    }
}
