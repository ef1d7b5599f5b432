using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.DeformConv;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// A convolution whose kernel's elements have places of their own: the readings of some positions at a time are written out as the columns of a matrix,
/// which the weights multiply. A reading is linear between the 2ᵏ elements around its place in k spatial axes.
/// </summary>
internal static class DeformConvOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
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
            int axes = x.Rank - 2;
            (int taps, int positions, int plane) = (w.LengthOf(2..), y.LengthOf(2..), x.LengthOf(2..));
            int perOffset = x[1] / (int)op.OffsetGroup;
            Span<double> place = stackalloc double[axes];
            Span<double> origin = stackalloc double[axes];
            for (int row = 0; row < w[1] * taps; row++)
            {
                WorkLimits.Poll();
                (int channel, int tap) = (firstChannel + (row / taps), row % taps);
                int grid = (((sample * (int)op.OffsetGroup) + (channel / perOffset)) * taps) + tap;
                ReadOnlySpan<T> values = arguments.Input<T>(0).Slice(((sample * x[1]) + channel) * plane, plane);
                for (int axis = axes - 1, rest = tap; axis >= 0; axis--)
                {
                    origin[axis] = (rest % w[axis + 2] * (double)op.Dilation(axis)) - op.PadBegin(axis);
                    rest /= w[axis + 2];
                }

                for (int i = 0; i < count; i++)
                {
                    int position = start + i;
                    for (int axis = axes - 1, rest = position; axis >= 0; axis--)
                    {
                        place[axis] = (rest % y[axis + 2] * (double)op.Stride(axis)) + origin[axis] + double.CreateTruncating(offsets[(((axes * grid) + axis) * positions) + position]);
                        rest /= y[axis + 2];
                    }

                    T value = Read(values, x, place);
                    columns[(row * count) + i] = mask.IsEmpty ? value : value * mask[(grid * positions) + position];
                }
            }
        }

        // Linear between the elements around a place; those outside are 0.
        private static T Read(ReadOnlySpan<T> values, Shape x, ReadOnlySpan<double> place)
        {
            for (int axis = 0; axis < place.Length; axis++)
            {
                if (!(place[axis] > -1 && place[axis] < x[axis + 2]))
                {
                    return T.Zero;
                }
            }

            double sum = 0;
            for (int corner = 0; corner < 1 << place.Length; corner++)
            {
                double weight = 1;
                int offset = 0;
                for (int axis = 0; axis < place.Length && weight != 0; axis++)
                {
                    double floor = Math.Floor(place[axis]);
                    bool isUpper = (corner >> (place.Length - 1 - axis) & 1) != 0;
                    int index = (int)floor + (isUpper ? 1 : 0);
                    bool isInside = index >= 0 && index < x[axis + 2];
                    weight = !isInside ? 0 : weight * (isUpper ? place[axis] - floor : 1 - (place[axis] - floor));
                    offset = (offset * x[axis + 2]) + index;
                }

                sum += weight == 0 ? 0 : weight * double.CreateTruncating(values[offset]);
            }

            return T.CreateTruncating(sum);
        }
    }
}
