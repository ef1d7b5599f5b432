using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.QLinearSoftmax;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Softmax of quantized elements: e^(-d · scale) comes from a table over the distances d = max - x, which are integers; sums and quotients are float32.</summary>
internal static class QLinearSoftmaxOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        ByteTable.RequireScales(node, 1, 3);
        return new Kernel(op);
    }

    private sealed class Kernel(Record op) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            int axis = shape.Rank == 0 ? 0 : shape.NormalizeAxis(op.Axis);
            bool isOneAxis = op.Opset >= Record.AxisOnlySince;
            int columns = shape.Rank == 0 ? 1 : isOneAxis ? shape[axis] : shape.LengthOf(axis..);
            int inner = shape.Rank == 0 || !isOneAxis ? 1 : shape.LengthOf((axis + 1)..);
            ReadOnlySpan<byte> x = arguments.InputTensor(0).Bytes;
            Span<byte> y = arguments.OutputTensor(0).Bytes;
            ElementType type = arguments.OutputTensor(0).ElementType;
            float resultScale = ByteTable.Scale(arguments, 3);
            int zeroPoint = ByteTable.ZeroPoint(arguments, 4);
            Span<float> powers = stackalloc float[ByteTable.Length];
            float scale = ByteTable.Scale(arguments, 1);
            for (int i = 0; i < powers.Length; i++)
            {
                powers[i] = -i * scale;
            }

            ElementWise.Unary(default(Exponential), powers, powers, WorkerPool.Serial);
            int block = columns * inner;
            for (int row = 0; row < (block == 0 ? 0 : x.Length / block * inner); row++)
            {
                int start = (row / inner * block) + (row % inner);
                int greatest = int.MinValue;
                for (int i = 0; i < columns; i++)
                {
                    greatest = Math.Max(greatest, ByteTable.Code(type, x[start + (i * inner)]));
                }

                float sum = 0;
                for (int i = 0; i < columns; i++)
                {
                    sum += powers[greatest - ByteTable.Code(type, x[start + (i * inner)])];
                }

                for (int i = 0; i < columns; i++)
                {
                    int at = start + (i * inner);
                    y[at] = ByteTable.Quantize(powers[greatest - ByteTable.Code(type, x[at])] / sum, resultScale, zeroPoint, type);
                }
            }
        }
    }
}
