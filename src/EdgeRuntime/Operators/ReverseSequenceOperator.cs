using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = the first elements of each sequence in reverse order, the others as they are.</summary>
internal static class ReverseSequenceOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ReverseSequence op, NodeContext node) => IntegerInput.Accepts(node.InputType(1))
        ? TypeDispatch.Element(node.InputType(0), new Factory(op.BatchAxis, node)) ?? throw node.UnsupportedType(0)
        : throw node.UnsupportedType(1);

    private readonly struct Factory(int batchAxis, NodeContext node) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(batchAxis, node);
    }

    private sealed class Kernel<T>(int batchAxis, NodeContext node) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            int inner = shape.LengthOf(2..);
            int times = shape[1 - batchAxis];
            int batchStride = batchAxis == 0 ? shape[1] * inner : inner;
            int timeStride = batchAxis == 0 ? inner : shape[1] * inner;
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int batch = 0; batch < shape[batchAxis]; batch++)
            {
                long length = IntegerInput.Read(arguments.InputTensor(1), batch);
                if (length < 0 || length > times)
                {
                    throw node.BadValue($"expected sequence lengths from 0 to {times}, got {length}.");
                }

                for (int time = 0; time < times; time++)
                {
                    int source = time < length ? (int)length - 1 - time : time;
                    x.Slice((batch * batchStride) + (source * timeStride), inner).CopyTo(y[((batch * batchStride) + (time * timeStride))..]);
                }
            }
        }
    }
}
