using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.QuantizeLinear;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// y = saturate(round(x / scale) + zero point) for integers, cast(x / scale + zero point) for float8 and float4. The quotient is rounded to the precision that the node asks for.
/// </summary>
internal static class QuantizeLinearOperator
{
    // Elements that are divided at a time.
    private const int Piece = 256;

    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        if (node.InputType(0) is not (ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16 or ElementType.Int32))
        {
            throw node.UnsupportedType(0);
        }

        ElementType precision = op.Precision ?? node.InputType(1) switch
        {
            ElementType.Float8E8M0 => ElementType.Float32,
            ElementType.Int32 => ElementType.Float64,
            var scale => scale,
        };
        if (precision is not (ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16 or ElementType.Float64))
        {
            throw node.UnsupportedType(precision, "precision");
        }

        if (node.InputType(1) == ElementType.Float64)
        {
            throw node.UnsupportedType(1);
        }

        return node.OutputType(0) switch
        {
            ElementType.Int8 => new IntegerKernel<sbyte>(op, precision),
            ElementType.UInt8 => new IntegerKernel<byte>(op, precision),
            ElementType.Int16 => new IntegerKernel<short>(op, precision),
            ElementType.UInt16 => new IntegerKernel<ushort>(op, precision),
            var type => NarrowFormat.Find(type) is { } format ? new NarrowKernel(op, precision, format) : throw node.UnsupportedType(type, "y"),
        };
    }

    private abstract class Kernel(Record op, ElementType precision) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Tensor x = arguments.InputTensor(0);
            Tensor scale = arguments.InputTensor(1);
            Tensor? zeroPoint = arguments.HasInput(2) ? arguments.InputTensor(2) : null;
            var layout = QuantizationLayout.Of(x.Shape, scale.Shape, op.Axis, op.BlockSize);
            Span<double> quotients = stackalloc double[Piece];
            for (int i = 0; i < x.Length;)
            {
                int at = layout.ScaleOf(i);
                int count = layout.RunFrom(i);
                double divisor = QuantizedElements.Number(scale, at);
                double zero = QuantizedElements.Number(zeroPoint, at);
                if (x is not Tensor<float> real || precision != ElementType.Float32 || !TryQuantize(real.Span.Slice(i, count), (float)divisor, zero, arguments, i))
                {
                    count = Math.Min(count, Piece);
                    QuantizedElements.Read(x, i, quotients[..count]);
                    Divide(quotients[..count], divisor, precision);
                    Quantize(quotients[..count], zero, arguments, i);
                }

                i += count;
            }
        }

        /// <summary>Quantizes float32 numbers without detour, where the kernel can.</summary>
        protected abstract bool TryQuantize(ReadOnlySpan<float> x, float scale, double zeroPoint, in KernelArguments arguments, int start);

        /// <summary>Writes quotients from an element of the output on.</summary>
        protected abstract void Quantize(ReadOnlySpan<double> quotients, double zeroPoint, in KernelArguments arguments, int start);

        // Both operands are rounded to the precision, and so is the quotient: float32 has more than twice the digits of the half precisions, so that it may stand between.
        private static void Divide(Span<double> values, double divisor, ElementType precision)
        {
            switch (precision)
            {
                case ElementType.Float32:
                    foreach (ref double value in values)
                    {
                        value = (float)value / (float)divisor;
                    }

                    break;
                case ElementType.Float16:
                    foreach (ref double value in values)
                    {
                        value = (double)(Half)((float)(Half)value / (float)(Half)divisor);
                    }

                    break;
                case ElementType.BFloat16:
                    foreach (ref double value in values)
                    {
                        value = (float)(BFloat16)((float)(BFloat16)value / (float)(BFloat16)divisor);
                    }

                    break;
                default:
                    foreach (ref double value in values)
                    {
                        value /= divisor;
                    }

                    break;
            }
        }
    }

    private sealed class IntegerKernel<T>(Record op, ElementType precision) : Kernel(op, precision)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        protected override bool TryQuantize(ReadOnlySpan<float> x, float scale, double zeroPoint, in KernelArguments arguments, int start)
        {
            Quantizer.Quantize(x, scale, (int)zeroPoint, arguments.Output<T>(0).Slice(start, x.Length));
            return true;
        }

        protected override void Quantize(ReadOnlySpan<double> quotients, double zeroPoint, in KernelArguments arguments, int start)
        {
            Span<T> y = arguments.Output<T>(0).Slice(start, quotients.Length);
            double least = double.CreateChecked(T.MinValue) - zeroPoint;
            double greatest = double.CreateChecked(T.MaxValue) - zeroPoint;
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = T.CreateTruncating((int)Math.Clamp(Math.Round(quotients[i]), least, greatest) + (int)zeroPoint);
            }
        }
    }

    private sealed class NarrowKernel(Record op, ElementType precision, NarrowFormat format) : Kernel(op, precision)
    {
        private readonly bool _saturate = op.Saturate;

        protected override bool TryQuantize(ReadOnlySpan<float> x, float scale, double zeroPoint, in KernelArguments arguments, int start) => false;

        protected override void Quantize(ReadOnlySpan<double> quotients, double zeroPoint, in KernelArguments arguments, int start)
        {
            Span<byte> y = arguments.Output<byte>(0).Slice(start, quotients.Length);
            double least = format.Minimum - zeroPoint;
            double greatest = format.Maximum - zeroPoint;
            for (int i = 0; i < y.Length; i++)
            {
                // A zero point of 0 leaves -0 as it is, which 0 + -0 would not.
                double shifted = format.IsInteger ? Math.Clamp(Math.Round(quotients[i]), least, greatest) + zeroPoint
                    : zeroPoint == 0 ? quotients[i] : quotients[i] + zeroPoint;

                // Of an integer NaN is 0, which the zero point stands for.
                y[i] = format.Encode(format.IsInteger && double.IsNaN(shifted) ? zeroPoint : shifted, _saturate);
            }
        }
    }
}
