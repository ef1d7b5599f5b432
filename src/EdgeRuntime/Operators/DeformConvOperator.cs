using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.DeformConv;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// A convolution whose kernel's elements have places of their own: the readings of some positions at a time are written out as the columns of a matrix, which the weights multiply. Two spatial axes.
/// </summary>
internal static class DeformConvOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputShape(0) is { Rank: not 4 } x
        ? throw node.Unsupported($"X of rank {x.Rank} is not supported; two spatial axes are.")
        : node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<float>(op),
            ElementType.Float64 => new Kernel<double>(op),
            _ => throw node.UnsupportedType(0),
        };

    private sealed class Kernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private const int MaxColumnElements = 1 << 18;

        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
            (long)inputs[1].LengthOf(1..) * BlockOf(inputs[1], outputs[0]) * Unsafe.SizeOf<T>();

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            Shape w = arguments.InputShape(1);
            Shape y = arguments.OutputShape(0);
            if (y.Length == 0)
            {
                return;
            }

            int depth = w.LengthOf(1..);
            int block = BlockOf(w, y);
            int positions = y.LengthOf(2..);
            int outputs = w[0] / (int)op.Group;
            Span<T> scratch = arguments.Scratch<T>(depth * block);
            Span<T> target = arguments.Output<T>(0);
            for (int sample = 0; sample < x[0]; sample++)
            {
                for (int group = 0; group < op.Group; group++)
                {
                    for (int start = 0; start < positions; start += block)
                    {
                        int count = Math.Min(block, positions - start);
                        FillColumns(arguments, x, w, y, sample, group * w[1], start, count, scratch);
                        Span<T> result = target[((((sample * y[1]) + (group * outputs)) * positions) + start)..];
                        for (int i = 0; i < outputs; i++)
                        {
                            result.Slice(i * positions, count).Fill(arguments.HasInput(3) ? arguments.Input<T>(3)[(group * outputs) + i] : T.Zero);
                        }

                        Numerics.Kernels.Gemm.Multiply(
                            false, false, outputs, count, depth, T.One, arguments.Input<T>(1).Slice(group * outputs * depth, outputs * depth), depth, scratch[..(depth * count)], count,
                            T.One, result, positions, [], ActivationKind.None, arguments.Workers);
                    }
                }
            }
        }

        private static int BlockOf(Shape w, Shape y) => Math.Clamp(MaxColumnElements / Math.Max(w.LengthOf(1..), 1), 1, Math.Max(1, y.LengthOf(2..)));

        private void FillColumns(in KernelArguments arguments, Shape x, Shape w, Shape y, int sample, int firstChannel, int start, int count, Span<T> columns)
        {
            ReadOnlySpan<T> offsets = arguments.Input<T>(2);
            ReadOnlySpan<T> mask = arguments.HasInput(4) ? arguments.Input<T>(4) : [];
            (int taps, int positions, int plane) = (w[2] * w[3], y[2] * y[3], x[2] * x[3]);
            int perOffset = x[1] / (int)op.OffsetGroup;
            for (int row = 0; row < w[1] * taps; row++)
            {
                WorkLimits.Poll();
                (int channel, int tap) = (firstChannel + (row / taps), row % taps);
                int grid = (((sample * (int)op.OffsetGroup) + (channel / perOffset)) * taps) + tap;
                ReadOnlySpan<T> values = arguments.Input<T>(0).Slice(((sample * x[1]) + channel) * plane, plane);
                for (int i = 0; i < count; i++)
                {
                    int position = start + i;
                    double top = (position / y[3] * op.Stride(0)) + (tap / w[3] * op.Dilation(0)) - op.PadBegin(0) + double.CreateTruncating(offsets[(2 * grid * positions) + position]);
                    double left = (position % y[3] * op.Stride(1)) + (tap % w[3] * op.Dilation(1)) - op.PadBegin(1) + double.CreateTruncating(offsets[(((2 * grid) + 1) * positions) + position]);
                    T value = Read(values, x[2], x[3], top, left);
                    columns[(row * count) + i] = mask.IsEmpty ? value : value * mask[(grid * positions) + position];
                }
            }
        }

        // Linear between four elements; those outside are 0.
        private static T Read(ReadOnlySpan<T> values, int height, int width, double top, double left)
        {
            if (!(top > -1 && top < height && left > -1 && left < width))
            {
                return T.Zero;
            }

            (int y, int x) = ((int)Math.Floor(top), (int)Math.Floor(left));
            (double down, double right) = (top - y, left - x);
            double sum = 0;
            for (int corner = 0; corner < 4; corner++)
            {
                (int row, int column) = (y + (corner >> 1), x + (corner & 1));
                if (row >= 0 && row < height && column >= 0 && column < width)
                {
                    double weight = ((corner >> 1) == 0 ? 1 - down : down) * ((corner & 1) == 0 ? 1 - right : right);
                    sum += weight * double.CreateTruncating(values[(row * width) + column]);
                }
            }

            return T.CreateTruncating(sum);
        }
    }
}
