using System.Runtime.InteropServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// A convolution of quantized elements in int32, any number of spatial axes. The windows of some positions at a time are written out as the columns of a matrix,
/// the padding filled with the zero point; the weights are the other factor of an 8-bit product. Where each window is one element, the input is that matrix.
/// </summary>
internal abstract class IntegerConvolution(ConvolutionOperator op, int zeroPointInput, int weightsZeroPointInput) : OperatorKernel
{
    // Elements of the written-out windows.
    private const int MaxColumnElements = 1 << 16;

    /// <inheritdoc/>
    public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
    {
        var sizes = Sizes.Of(op, inputs[op.WeightsInput], outputs[0]);
        return sizes.Bytes;
    }

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments)
    {
        Shape x = arguments.InputShape(0);
        Shape w = arguments.InputShape(op.WeightsInput);
        Shape y = arguments.OutputShape(0);
        if (y.Length == 0)
        {
            return;
        }

        var sizes = Sizes.Of(op, w, y);
        Span<byte> scratch = arguments.Scratch<byte>((int)sizes.Bytes);
        Span<int> sums = MemoryMarshal.Cast<byte, int>(scratch)[..(sizes.Outputs * sizes.Block)];
        Span<int> zeroPoints = MemoryMarshal.Cast<byte, int>(scratch).Slice(sums.Length, sizes.Outputs);
        Span<byte> columns = scratch[((sums.Length + zeroPoints.Length) * sizeof(int))..];
        Tensor input = arguments.InputTensor(0);
        Tensor weights = arguments.InputTensor(op.WeightsInput);
        Tensor? weightsZero = arguments.HasInput(weightsZeroPointInput) ? arguments.InputTensor(weightsZeroPointInput) : null;
        Span<int> zeroPoint = [QuantizedElements.ZeroPoint(arguments.HasInput(zeroPointInput) ? arguments.InputTensor(zeroPointInput) : null, 0)];
        int positions = y.LengthOf(2..);
        int source = w[1] * x.LengthOf(2..);
        bool isPointwise = IsPointwise(x, w, y);
        for (int group = 0; group < op.Group; group++)
        {
            for (int i = 0; i < sizes.Outputs; i++)
            {
                zeroPoints[i] = QuantizedElements.ZeroPoint(weightsZero, (group * sizes.Outputs) + i);
            }

            var left = new IntegerFactor(
                QuantizedElements.Bytes(weights).Slice(group * sizes.Outputs * sizes.Depth, sizes.Outputs * sizes.Depth), weights is Tensor<sbyte>, zeroPoints);
            for (int sample = 0; sample < x[0]; sample++)
            {
                ReadOnlySpan<byte> planes = QuantizedElements.Bytes(input).Slice(((sample * x[1]) + (group * w[1])) * x.LengthOf(2..), source);
                for (int start = 0; start < positions; start += sizes.Block)
                {
                    int count = Math.Min(sizes.Block, positions - start);
                    ReadOnlySpan<byte> part = planes;
                    if (!isPointwise || count < positions)
                    {
                        FillColumns(planes, (byte)zeroPoint[0], x, w, y, start, count, columns);
                        part = columns[..(sizes.Depth * count)];
                    }

                    Span<int> products = sums[..(sizes.Outputs * count)];
                    var right = new IntegerFactor(part, input is Tensor<sbyte>, zeroPoint);
                    IntegerGemm.Multiply(sizes.Outputs, count, sizes.Depth, left, right, null, products, arguments.Workers);
                    for (int i = 0; i < sizes.Outputs; i++)
                    {
                        int channel = (group * sizes.Outputs) + i;
                        Store(arguments, products.Slice(i * count, count), channel, (((sample * y[1]) + channel) * positions) + start);
                    }
                }
            }
        }
    }

    /// <summary>Puts neighbouring sums of one output channel where they belong.</summary>
    protected abstract void Store(in KernelArguments arguments, Span<int> sums, int channel, int start);

    // Whether the windows in order are the input.
    private bool IsPointwise(Shape x, Shape w, Shape y)
    {
        bool result = w.LengthOf(2..) == 1;
        for (int axis = 0; axis < x.Rank - 2; axis++)
        {
            result &= x[axis + 2] == y[axis + 2] && op.Stride(axis) == 1 && op.PadBegin(axis) == 0;
        }

        return result;
    }

    // columns[tap, position] = x at that position's tap, or the zero point in the padding.
    private void FillColumns(ReadOnlySpan<byte> x, byte padding, Shape shape, Shape w, Shape y, int start, int count, Span<byte> columns)
    {
        int plane = shape.LengthOf(2..);
        int taps = w.LengthOf(2..);
        Span<int> tap = stackalloc int[Shape.MaxRank];
        Span<int> position = stackalloc int[Shape.MaxRank];
        for (int row = 0; row < w[1] * taps; row++)
        {
            WorkLimits.Poll();
            Decompose(row % taps, w, tap);
            Decompose(start, y, position);
            int channel = row / taps * plane;
            for (int i = 0; i < count; i++)
            {
                int offset = 0;
                for (int axis = 0; axis < shape.Rank - 2 && offset >= 0; axis++)
                {
                    long at = (position[axis] * op.Stride(axis)) + (tap[axis] * op.Dilation(axis)) - op.PadBegin(axis);
                    offset = at < 0 || at >= shape[axis + 2] ? -1 : (offset * shape[axis + 2]) + (int)at;
                }

                columns[(row * count) + i] = offset < 0 ? padding : x[channel + offset];
                for (int axis = y.Rank - 3; axis >= 0 && ++position[axis] == y[axis + 2]; axis--)
                {
                    position[axis] = 0;
                }
            }
        }
    }

    private static void Decompose(int index, Shape shape, Span<int> result)
    {
        for (int axis = shape.Rank - 3; axis >= 0; axis--)
        {
            result[axis] = index % shape[axis + 2];
            index /= shape[axis + 2];
        }
    }

    // The outputs of a group, the products of one sum, and how many positions are written out at a time.
    private readonly record struct Sizes(int Outputs, int Depth, int Block)
    {
        public long Bytes => ((long)Depth * Block) + ((((long)Outputs * Block) + Outputs) * sizeof(int));

        public static Sizes Of(ConvolutionOperator op, Shape w, Shape y)
        {
            int depth = w.LengthOf(1..);
            return new Sizes(w[0] / (int)op.Group, depth, Math.Clamp(MaxColumnElements / Math.Max(depth, 1), 1, Math.Max(1, y.LengthOf(2..))));
        }
    }
}
