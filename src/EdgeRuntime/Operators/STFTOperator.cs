using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The Fourier transforms of overlapping frames of signals, in float64.</summary>
internal static class STFTOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.STFT op, NodeContext node)
    {
        for (int input = 1; input < 4; input += 2)
        {
            if (node.HasInput(input) && !IntegerInput.Accepts(node.InputType(input)))
            {
                throw node.UnsupportedType(input);
            }
        }

        return node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<float>(op.OneSided),
            ElementType.Float64 => new Kernel<double>(op.OneSided),
            _ => throw node.UnsupportedType(0),
        };
    }

    private sealed class Kernel<T>(bool oneSided) : OperatorKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // One side has size / 2 + 1 frequencies: the frame is one of two lengths, and the room is for the greater need.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
        {
            int longest = oneSided ? (2 * outputs[0][2]) - 1 : outputs[0][2];
            return sizeof(double) * Math.Max(Room(longest), Room(Math.Max(1, longest - 1)));
        }

        public override void Run(in KernelArguments arguments)
        {
            Shape signal = arguments.InputShape(0);
            Shape shape = arguments.OutputShape(0);
            int length = arguments.HasInput(2) ? arguments.InputTensor(2).Length : (int)IntegerInput.Read(arguments.InputTensor(3), 0);
            int step = (int)Math.Min(int.MaxValue, IntegerInput.Read(arguments.InputTensor(1), 0));
            int parts = signal[2];
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            ReadOnlySpan<T> window = arguments.HasInput(2) ? arguments.Input<T>(2) : [];
            Span<T> y = arguments.Output<T>(0);
            Span<double> real = arguments.Scratch<double>((int)Room(length));
            Span<double> imaginary = real.Slice(length, length);
            Span<double> tables = real[(2 * length)..];
            real = real[..length];
            FourierTransform.FillTables(length, tables);
            for (int frame = 0; frame < shape[0] * shape[1]; frame++)
            {
                WorkLimits.Poll();
                int first = (frame / shape[1] * signal[1]) + (frame % shape[1] * step);
                for (int i = 0; i < length; i++)
                {
                    double weight = window.IsEmpty ? 1 : double.CreateTruncating(window[i]);
                    real[i] = weight * double.CreateTruncating(x[(first + i) * parts]);
                    imaginary[i] = parts == 2 ? weight * double.CreateTruncating(x[((first + i) * parts) + 1]) : 0;
                }

                FourierTransform.Transform(real, imaginary, inverse: false, tables);
                Span<T> target = y.Slice(frame * shape[2] * 2, shape[2] * 2);
                for (int k = 0; k < shape[2]; k++)
                {
                    target[2 * k] = T.CreateTruncating(real[k]);
                    target[(2 * k) + 1] = T.CreateTruncating(imaginary[k]);
                }
            }
        }

        private static long Room(int length) => (2L * length) + FourierTransform.TableLength(length);
    }
}
