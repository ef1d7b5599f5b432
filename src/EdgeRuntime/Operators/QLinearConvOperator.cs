namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A convolution of quantized elements, quantized again by sx · sw / sy in float32.</summary>
internal static class QLinearConvOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.QLinearConv op, NodeContext node)
    {
        foreach (int scale in new[] { 1, 4, 6 })
        {
            if (!QuantizedElements.IsScale(node.InputType(scale)))
            {
                throw node.UnsupportedType(scale);
            }
        }

        return new Kernel(op);
    }

    private sealed class Kernel(Onnx.Operators.QLinearConv op) : IntegerConvolution(op, zeroPointInput: 2, weightsZeroPointInput: 5)
    {
        protected override void Store(in KernelArguments arguments, Span<int> sums, int channel, int start)
        {
            int bias = arguments.HasInput(8) ? arguments.Input<int>(8)[channel] : 0;
            for (int i = 0; i < sums.Length && bias != 0; i++)
            {
                sums[i] += bias;
            }

            float multiplier = QuantizedElements.Scale(arguments.InputTensor(1), 0) * QuantizedElements.Scale(arguments.InputTensor(4), channel) / QuantizedElements.Scale(arguments.InputTensor(6), 0);
            QuantizedElements.Requantize(sums, multiplier, QuantizedElements.ZeroPoint(arguments.InputTensor(7), 0), arguments.OutputTensor(0), start);
        }
    }
}
