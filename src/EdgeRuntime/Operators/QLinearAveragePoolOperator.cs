using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.QLinearAveragePool;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The average of each window of quantized elements, computed in float32 as AveragePool does it between DequantizeLinear and QuantizeLinear.</summary>
internal static class QLinearAveragePoolOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        ByteTable.RequireScales(node, 1, 3);
        return new Kernel(op);
    }

    private sealed class Kernel(Record op) : OperatorKernel
    {
        private readonly Onnx.Operators.AveragePool _pool = new(op.KernelShape, op.Strides, op.Pads, null, op.CeilMode, op.CountIncludePad);

        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => ((long)inputs[0].Length + outputs[0].Length) * sizeof(float);

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<byte> x = arguments.InputTensor(0).Bytes;
            Span<byte> y = arguments.OutputTensor(0).Bytes;
            if (y.Length == 0)
            {
                return;
            }

            ElementType type = arguments.OutputTensor(0).ElementType;
            Span<float> scratch = arguments.Scratch<float>(x.Length + y.Length);
            Span<float> wide = scratch[..x.Length];
            Span<float> averages = scratch[x.Length..];
            Span<float> values = stackalloc float[ByteTable.Length];
            ByteTable.FillValues(type, ByteTable.Scale(arguments, 1), ByteTable.ZeroPoint(arguments, 2), values);
            for (int i = 0; i < wide.Length; i++)
            {
                wide[i] = values[x[i]];
            }

            if (WindowGeometry.TryPooling(_pool, arguments.InputShape(0), out PoolingGeometry geometry))
            {
                Pooling.AverageForward<float>(wide, averages, geometry, op.CountIncludePad, arguments.Workers);
            }
            else
            {
                DirectPooling.Average<float>(_pool, arguments.InputShape(0), wide, arguments.OutputShape(0), averages);
            }

            float scale = ByteTable.Scale(arguments, 3);
            int zeroPoint = ByteTable.ZeroPoint(arguments, 4);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = ByteTable.Quantize(averages[i], scale, zeroPoint, type);
            }
        }
    }
}
