using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.QuantizeLinear;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = saturate(round(x / scale) + zero point), in float32.</summary>
internal static class QuantizeLinearOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        if (node.InputType(0) is not (ElementType.Float32 or ElementType.Int32))
        {
            throw node.UnsupportedType(0);
        }

        if (node.InputType(1) != ElementType.Float32)
        {
            throw node.UnsupportedType(1);
        }

        if (op.Precision is { } precision and not ElementType.Float32)
        {
            throw node.UnsupportedType(precision, "precision");
        }

        return node.OutputType(0) switch
        {
            ElementType.Int8 => new Kernel<sbyte>(op),
            ElementType.UInt8 => new Kernel<byte>(op),
            ElementType.Int16 => new Kernel<short>(op),
            ElementType.UInt16 => new Kernel<ushort>(op),
            var type => throw node.UnsupportedType(type, "y"),
        };
    }

    private sealed class Kernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        // Integers become real numbers on the way.
        private const int Piece = 256;

        public override void Run(in KernelArguments arguments)
        {
            Span<T> y = arguments.Output<T>(0);
            Tensor x = arguments.InputTensor(0);
            ReadOnlySpan<float> scale = arguments.Input<float>(1);
            Tensor? zeroPoint = arguments.HasInput(2) ? arguments.InputTensor(2) : null;
            var layout = QuantizationLayout.Of(x.Shape, arguments.InputShape(1), op.Axis, op.BlockSize);
            Span<float> piece = stackalloc float[Piece];
            for (int i = 0; i < y.Length;)
            {
                int at = layout.ScaleOf(i);
                int count = layout.RunFrom(i);
                if (x is Tensor<float> real)
                {
                    Quantizer.Quantize(real.Span.Slice(i, count), scale[at], QuantizedElements.ZeroPoint(zeroPoint, at), y.Slice(i, count));
                }
                else
                {
                    count = Math.Min(count, Piece);
                    ReadOnlySpan<int> values = ((Tensor<int>)x).Span.Slice(i, count);
                    for (int j = 0; j < count; j++)
                    {
                        piece[j] = values[j];
                    }

                    Quantizer.Quantize(piece[..count], scale[at], QuantizedElements.ZeroPoint(zeroPoint, at), y.Slice(i, count));
                }

                i += count;
            }
        }
    }
}
