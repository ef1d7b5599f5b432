using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.DequantizeLinear;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = (x - zero point) · scale, in float32.</summary>
internal static class DequantizeLinearOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        if (node.InputType(1) != ElementType.Float32)
        {
            throw node.UnsupportedType(1);
        }

        if (node.OutputType(0) != ElementType.Float32)
        {
            throw node.UnsupportedType(node.OutputType(0), "y");
        }

        return node.InputType(0) switch
        {
            ElementType.Int8 => new Kernel<sbyte>(op),
            ElementType.UInt8 => new Kernel<byte>(op),
            ElementType.Int16 => new Kernel<short>(op),
            ElementType.UInt16 => new Kernel<ushort>(op),
            ElementType.Int32 => new Kernel<int>(op),
            _ => throw node.UnsupportedType(0),
        };
    }

    private sealed class Kernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryInteger<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<float> y = arguments.Output<float>(0);
            ReadOnlySpan<float> scale = arguments.Input<float>(1);
            Tensor? zeroPoint = arguments.HasInput(2) ? arguments.InputTensor(2) : null;
            var layout = QuantizationLayout.Of(arguments.InputShape(0), arguments.InputShape(1), op.Axis, op.BlockSize);
            for (int i = 0; i < y.Length;)
            {
                int at = layout.ScaleOf(i);
                int count = layout.RunFrom(i);
                Quantizer.Dequantize(x.Slice(i, count), scale[at], QuantizedElements.ZeroPoint(zeroPoint, at), y.Slice(i, count));
                i += count;
            }
        }
    }
}
