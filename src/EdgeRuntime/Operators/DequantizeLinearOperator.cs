using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.DequantizeLinear;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = (x - zero point) · scale, computed in float32 and rounded once to the type of y.</summary>
internal static class DequantizeLinearOperator
{
    // Elements that are multiplied at a time where y is no float32.
    private const int Piece = 256;

    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        if (node.InputType(1) == ElementType.Float64)
        {
            throw node.UnsupportedType(1);
        }

        if (node.OutputType(0) is not (ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16))
        {
            throw node.UnsupportedType(node.OutputType(0), "y");
        }

        return node.InputType(0) switch
        {
            ElementType.Int8 => new IntegerKernel<sbyte>(op),
            ElementType.UInt8 => new IntegerKernel<byte>(op),
            ElementType.Int16 => new IntegerKernel<short>(op),
            ElementType.UInt16 => new IntegerKernel<ushort>(op),
            ElementType.Int32 => new IntegerKernel<int>(op),
            var type => NarrowFormat.Find(type) is { } format ? new NarrowKernel(op, format) : throw node.UnsupportedType(0),
        };
    }

    private abstract class Kernel(Record op) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Tensor y = arguments.OutputTensor(0);
            Tensor scale = arguments.InputTensor(1);
            Tensor? zeroPoint = arguments.HasInput(2) ? arguments.InputTensor(2) : null;
            var layout = QuantizationLayout.Of(arguments.InputShape(0), scale.Shape, op.Axis, op.BlockSize);
            Span<float> piece = stackalloc float[Piece];
            for (int i = 0; i < y.Length;)
            {
                int at = layout.ScaleOf(i);
                int count = layout.RunFrom(i);
                float factor = (float)QuantizedElements.Number(scale, at);
                double zero = QuantizedElements.Number(zeroPoint, at);
                if (y is Tensor<float> single)
                {
                    Dequantize(arguments, i, zero, factor, single.Span.Slice(i, count));
                }
                else
                {
                    count = Math.Min(count, Piece);
                    Dequantize(arguments, i, zero, factor, piece[..count]);
                    Round(piece[..count], y, i);
                }

                i += count;
            }
        }

        /// <summary>Computes from an element of the input on.</summary>
        protected abstract void Dequantize(in KernelArguments arguments, int start, double zeroPoint, float scale, Span<float> result);

        private static void Round(ReadOnlySpan<float> values, Tensor y, int start)
        {
            if (y is Tensor<Half> halves)
            {
                Span<Half> target = halves.Span.Slice(start, values.Length);
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = (Half)values[i];
                }
            }
            else
            {
                Span<BFloat16> target = ((Tensor<BFloat16>)y).Span.Slice(start, values.Length);
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = (BFloat16)values[i];
                }
            }
        }
    }

    private sealed class IntegerKernel<T>(Record op) : Kernel(op)
        where T : unmanaged, IBinaryInteger<T>
    {
        protected override void Dequantize(in KernelArguments arguments, int start, double zeroPoint, float scale, Span<float> result) =>
            Quantizer.Dequantize(arguments.Input<T>(0).Slice(start, result.Length), scale, (int)zeroPoint, result);
    }

    private sealed class NarrowKernel(Record op, NarrowFormat format) : Kernel(op)
    {
        protected override void Dequantize(in KernelArguments arguments, int start, double zeroPoint, float scale, Span<float> result)
        {
            ReadOnlySpan<byte> x = arguments.Input<byte>(0).Slice(start, result.Length);
            ReadOnlySpan<float> values = format.Values;
            float zero = (float)zeroPoint;
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = (values[x[i]] - zero) * scale;
            }
        }
    }
}
