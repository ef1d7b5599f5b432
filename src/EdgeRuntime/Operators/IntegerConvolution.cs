using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// A convolution of quantized elements in int32, any number of spatial axes. The windows of some positions at a time are written out as the columns of a matrix,
/// zero points subtracted, so that padding is 0; the weights are the other factor.
/// </summary>
internal abstract class IntegerConvolution(ConvolutionOperator op, int zeroPointInput, int weightsZeroPointInput) : OperatorKernel
{
    // Elements of the written-out windows.
    private const int MaxColumnElements = 1 << 16;

    /// <inheritdoc/>
    public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
    {
        var sizes = Sizes.Of(op, inputs[0], inputs[op.WeightsInput], outputs[0]);
        return sizes.Total * sizeof(int);
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

        var sizes = Sizes.Of(op, x, w, y);
        Span<int> scratch = arguments.Scratch<int>((int)sizes.Total);
        Span<int> weights = scratch[..(sizes.Outputs * sizes.Depth)];
        Span<int> columns = scratch.Slice(weights.Length, sizes.Depth * sizes.Block);
        Span<int> sums = scratch.Slice(weights.Length + columns.Length, sizes.Outputs * sizes.Block);
        Span<int> source = scratch[(weights.Length + columns.Length + sums.Length)..];
        Tensor? weightsZero = arguments.HasInput(weightsZeroPointInput) ? arguments.InputTensor(weightsZeroPointInput) : null;
        int zeroPoint = QuantizedElements.ZeroPoint(arguments.HasInput(zeroPointInput) ? arguments.InputTensor(zeroPointInput) : null, 0);
        int positions = y.LengthOf(2..);
        for (int group = 0; group < op.Group; group++)
        {
            for (int i = 0; i < sizes.Outputs; i++)
            {
                int channel = (group * sizes.Outputs) + i;
                QuantizedElements.Widen(
                    arguments.InputTensor(op.WeightsInput), channel * sizes.Depth, QuantizedElements.ZeroPoint(weightsZero, channel), weights.Slice(i * sizes.Depth, sizes.Depth));
            }

            for (int sample = 0; sample < x[0]; sample++)
            {
                QuantizedElements.Widen(arguments.InputTensor(0), ((sample * x[1]) + (group * w[1])) * x.LengthOf(2..), zeroPoint, source);
                for (int start = 0; start < positions; start += sizes.Block)
                {
                    int count = Math.Min(sizes.Block, positions - start);
                    Span<int> part = columns[..(sizes.Depth * count)];
                    FillColumns(source, x, w, y, start, count, part);
                    Span<int> products = sums[..(sizes.Outputs * count)];
                    IntegerProduct.Multiply(sizes.Outputs, count, sizes.Depth, weights, part, products);
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

    // columns[tap, position] = x at that position's tap, or 0 in the padding.
    private void FillColumns(ReadOnlySpan<int> x, Shape shape, Shape w, Shape y, int start, int count, Span<int> columns)
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

                columns[(row * count) + i] = offset < 0 ? 0 : x[channel + offset];
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

    // The outputs of a group, the products of one sum, how many positions are written out at a time, and the elements of a group of one sample.
    private readonly record struct Sizes(int Outputs, int Depth, int Block, int Source)
    {
        public long Total => ((long)Outputs * Depth) + ((long)Depth * Block) + ((long)Outputs * Block) + Source;

        public static Sizes Of(ConvolutionOperator op, Shape x, Shape w, Shape y)
        {
            int depth = w.LengthOf(1..);
            return new Sizes(w[0] / (int)op.Group, depth, Math.Clamp(MaxColumnElements / Math.Max(depth, 1), 1, Math.Max(1, y.LengthOf(2..))), w[1] * x.LengthOf(2..));
        }
    }
}
