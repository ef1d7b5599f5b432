using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A product of quantized matrices, quantized again by sa · sb / sy in float32.</summary>
internal static class QLinearMatMulOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.QLinearMatMul op, NodeContext node)
    {
        foreach (int scale in new[] { 1, 4, 6 })
        {
            if (!QuantizedElements.IsScale(node.InputType(scale)))
            {
                throw node.UnsupportedType(scale);
            }
        }

        return new Kernel();
    }

    private sealed class Kernel() : IntegerMatMul(right: 3, leftZeroPoint: 2, rightZeroPoint: 5)
    {
        protected override void Store(in KernelArguments arguments, ReadOnlySpan<int> sums, int batch, int leftBatch, int rightBatch, int m, int n)
        {
            Tensor left = arguments.InputTensor(1);
            Tensor right = arguments.InputTensor(4);
            float target = QuantizedElements.Scale(arguments.InputTensor(6), 0);
            int zeroPoint = QuantizedElements.ZeroPoint(arguments.InputTensor(7), 0);
            Tensor y = arguments.OutputTensor(0);
            for (int i = 0; i < m; i++)
            {
                float rowScale = QuantizedElements.Scale(left, Place(left, leftBatch, m, i));
                int start = i * n;
                if (right.Length == 1)
                {
                    QuantizedElements.Requantize(sums.Slice(start, n), rowScale * QuantizedElements.Scale(right, 0) / target, zeroPoint, y, (batch * m * n) + start);
                    continue;
                }

                for (int j = 0; j < n; j++)
                {
                    float multiplier = rowScale * QuantizedElements.Scale(right, Place(right, rightBatch, n, j)) / target;
                    QuantizedElements.Requantize(sums.Slice(start + j, 1), multiplier, zeroPoint, y, (batch * m * n) + start + j);
                }
            }
        }
    }
}
