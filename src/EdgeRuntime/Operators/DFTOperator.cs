using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The discrete Fourier transform along an axis, in float64.</summary>
internal static class DFTOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.DFT op, NodeContext node)
    {
        for (int input = 1; input < 3; input++)
        {
            if (node.HasInput(input) && !IntegerInput.Accepts(node.InputType(input)))
            {
                throw node.UnsupportedType(input);
            }
        }

        return node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<float>(op, node),
            ElementType.Float64 => new Kernel<double>(op, node),
            _ => throw node.UnsupportedType(0),
        };
    }

    private sealed class Kernel<T>(Onnx.Operators.DFT op, NodeContext node) : OperatorKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The axis is one of few; the room is for the longest transform that the shapes allow.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
        {
            long bytes = 0;
            for (int axis = 0; axis < outputs[0].Rank - 1; axis++)
            {
                int length = op.OneSided && !op.Inverse ? Math.Max(2 * outputs[0][axis], inputs[0][axis]) : outputs[0][axis];
                bytes = length == 0 ? bytes : Math.Max(bytes, sizeof(double) * LongestRoom(length));
            }

            return bytes;
        }

        public override void Run(in KernelArguments arguments)
        {
            Shape from = arguments.InputShape(0);
            Shape to = arguments.OutputShape(0);
            if (to.Length == 0)
            {
                return;
            }

            int axis = from.NormalizeAxis(arguments.HasInput(2) ? (int)IntegerInput.Read(arguments.InputTensor(2), 0) : -2);
            int length = arguments.HasInput(1) ? (int)IntegerInput.Read(arguments.InputTensor(1), 0)
                : op.Inverse && op.OneSided ? to[axis] : from[axis];
            if (op.OneSided && !op.Inverse && from[^1] == 2)
            {
                throw node.BadValue($"expected a real signal [..., 1] for one side of the spectrum, got {from}.");
            }

            int inner = from.LengthOf((axis + 1)..^1);
            int outer = from.LengthOf(..axis);
            int tableLength = (int)FourierTransform.TableLength(length);
            Span<double> real = arguments.Scratch<double>((2 * length) + tableLength);
            Span<double> imaginary = real.Slice(length, length);
            Span<double> tables = real.Slice(2 * length, tableLength);
            real = real[..length];
            FourierTransform.FillTables(length, tables);
            for (int lane = 0; lane < outer * inner; lane++)
            {
                WorkLimits.Poll();
                Load(arguments.Input<T>(0), (lane / inner * from[axis] * inner) + (lane % inner), inner, from[axis], from[^1], real, imaginary);
                if (op.Inverse && op.OneSided)
                {
                    Mirror(real, imaginary, from[axis]);
                }

                FourierTransform.Transform(real, imaginary, op.Inverse, tables);
                Span<T> y = arguments.Output<T>(0);
                int first = (lane / inner * to[axis] * inner) + (lane % inner);
                for (int i = 0; i < to[axis]; i++)
                {
                    int at = (first + (i * inner)) * to[^1];
                    y[at] = T.CreateTruncating(real[i]);
                    if (to[^1] == 2)
                    {
                        y[at + 1] = T.CreateTruncating(imaginary[i]);
                    }
                }
            }
        }

        // Tables do not grow steadily with the length: that of a power of 2 is small.
        private static long LongestRoom(int length) => (2L * length) + (2L * length) + (5 * (long)BitOperations.RoundUpToPowerOf2((ulong)(2L * length)));

        private static void Load(ReadOnlySpan<T> x, int first, int stride, int count, int parts, Span<double> real, Span<double> imaginary)
        {
            real.Clear();
            imaginary.Clear();
            for (int i = 0; i < Math.Min(count, real.Length); i++)
            {
                int at = (first + (i * stride)) * parts;
                real[i] = double.CreateTruncating(x[at]);
                imaginary[i] = parts == 2 ? double.CreateTruncating(x[at + 1]) : 0;
            }
        }

        // The other side of the spectrum of a real signal is the conjugate of the first.
        private static void Mirror(Span<double> real, Span<double> imaginary, int count)
        {
            for (int i = (real.Length / 2) + 1; i < real.Length; i++)
            {
                real[i] = real.Length - i < count ? real[^i] : 0;
                imaginary[i] = real.Length - i < count ? -imaginary[^i] : 0;
            }
        }
    }
}
