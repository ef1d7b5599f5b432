using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.SoftmaxCrossEntropyLoss;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The loss of classes against scores: the softmax's logarithms are taken in scratch memory, a row for each place.</summary>
internal static class SoftmaxCrossEntropyLossOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op, node),
        ElementType.Float64 => new Kernel<double>(op, node),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(Record op, NodeContext node) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (long)inputs[0].Length * Unsafe.SizeOf<T>();

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            (int samples, int classes, int places) = (x[0], x[1], x.LengthOf(2..));
            Span<T> rows = arguments.Scratch<T>(x.Length);
            StridedCopy.Run(arguments.Input<T>(0), 0, [classes * places, 1, places], [samples, places, classes], rows);
            if (rows.Length > 0)
            {
                LogSoftmaxOperator.Rows<T>(rows, rows, samples * places, classes);
            }

            if (arguments.HasOutput(0))
            {
                ClassLoss.Run(op, node, rows, x, isByPlace: true, arguments.InputTensor(1), arguments.HasInput(2) ? arguments.Input<T>(2) : [], arguments.Output<T>(0));
            }

            if (arguments.HasOutput(1))
            {
                StridedCopy.Run<T>(rows, 0, [classes * places, 1, classes], [samples, classes, places], arguments.Output<T>(1));
            }
        }
    }
}
