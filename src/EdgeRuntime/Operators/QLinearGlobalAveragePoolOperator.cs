using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The average of whole planes of quantized elements: an exact integer sum times sx / (sy · elements) in float32.</summary>
internal static class QLinearGlobalAveragePoolOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.QLinearGlobalAveragePool op, NodeContext node)
    {
        ByteTable.RequireScales(node, 1, 3);
        return new Kernel(op.ChannelsLast);
    }

    private sealed class Kernel(bool channelsLast) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            ReadOnlySpan<byte> x = arguments.InputTensor(0).Bytes;
            Span<byte> y = arguments.OutputTensor(0).Bytes;
            ElementType type = arguments.OutputTensor(0).ElementType;
            int channels = channelsLast ? shape[^1] : shape[1];
            int plane = channelsLast ? shape.LengthOf(1..^1) : shape.LengthOf(2..);
            int step = channelsLast ? channels : 1;
            int zero = ByteTable.ZeroPoint(arguments, 2);
            int resultZero = ByteTable.ZeroPoint(arguments, 4);
            float multiplier = ByteTable.Scale(arguments, 1) / (ByteTable.Scale(arguments, 3) * plane);
            for (int i = 0; i < y.Length; i++)
            {
                int start = channelsLast ? (i / channels * plane * channels) + (i % channels) : i * plane;
                long sum = 0;
                for (int j = 0; j < plane; j++)
                {
                    sum += ByteTable.Code(type, x[start + (j * step)]);
                }

                y[i] = ByteTable.Saturate(MathF.Round((sum - ((long)zero * plane)) * multiplier), resultZero, type);
            }
        }
    }
}
