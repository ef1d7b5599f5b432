using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// X read at the coordinates of a grid. What a place reads (elements and weights) is found once for all channels. Coordinates are computed in float64; no coordinate, however
/// wild, reads outside of X.
/// </summary>
internal static class GridSampleOperator
{
    private const int MaxTaps = 4;

    // The elements that one place reads at most.
    private const int MaxReadings = 256;

    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(GridSample op, NodeContext node)
    {
        if (node.InputType(1) is not (ElementType.Float32 or ElementType.Float64))
        {
            throw node.UnsupportedType(1);
        }

        if (op.Mode != SamplingMode.Nearest && node.InputShape(0) is { } x && Math.Pow(op.Mode == SamplingMode.Linear ? 2 : MaxTaps, x.Rank - 2) > MaxReadings)
        {
            throw node.Unsupported($"{op.Mode} sampling over {x.Rank - 2} spatial axes is not supported; resample in fewer axes at a time.");
        }

        return node.InputType(0) switch
        {
            var type when op.Mode == SamplingMode.Nearest => TypeDispatch.Element(type, new NearestFactory(op, node)) ?? throw node.UnsupportedType(0),
            ElementType.Float32 => new Kernel<float>(op, node),
            ElementType.Float64 => new Kernel<double>(op, node),
            _ => throw node.UnsupportedType(0),
        };
    }

    // Keys, "Cubic convolution interpolation for digital image processing", 1981.
    private static double Cubic(double x)
    {
        const double a = -0.75;
        return x <= 1
            ? ((((a + 2) * x) - (a + 3)) * x * x) + 1
            : (((((a * x) - (5 * a)) * x) + (8 * a)) * x) - (4 * a);
    }

    private readonly struct NearestFactory(GridSample op, NodeContext node) : IElementFactory
    {
        public OperatorKernel Create<T>() => new NearestKernel<T>(op, node);
    }

    // One element for each place, of any type, or none.
    private sealed class NearestKernel<T>(GridSample op, NodeContext node) : Sampling(op, node)
    {
        private protected override void Sample(in KernelArguments arguments, int from, int to, int plane, ReadOnlySpan<int> offsets, ReadOnlySpan<double> weights) =>
            arguments.Output<T>(0)[to] = offsets.IsEmpty ? ZeroElement.Of<T>() : arguments.Input<T>(0).Slice(from, plane)[offsets[0]];
    }

    private sealed class Kernel<T>(GridSample op, NodeContext node) : Sampling(op, node)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private protected override void Sample(in KernelArguments arguments, int from, int to, int plane, ReadOnlySpan<int> offsets, ReadOnlySpan<double> weights)
        {
            ReadOnlySpan<T> values = arguments.Input<T>(0).Slice(from, plane);
            double sum = 0;
            for (int k = 0; k < offsets.Length; k++)
            {
                sum += weights[k] * double.CreateTruncating(values[offsets[k]]);
            }

            arguments.Output<T>(0)[to] = T.CreateTruncating(sum);
        }
    }

    private abstract class Sampling(GridSample op, NodeContext node) : OperatorKernel
    {
        private protected abstract void Sample(in KernelArguments arguments, int from, int to, int plane, ReadOnlySpan<int> offsets, ReadOnlySpan<double> weights);

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            Shape y = arguments.OutputShape(0);
            if (y.Length == 0)
            {
                return;
            }

            if (x.Length == 0)
            {
                throw node.BadValue($"expected elements to sample, got {x}.");
            }

            Tensor grid = arguments.InputTensor(1);
            int axes = x.Rank - 2;
            int plane = x.LengthOf(2..);
            int places = y.LengthOf(2..);
            Span<int> offsets = stackalloc int[MaxReadings];
            Span<double> weights = stackalloc double[MaxReadings];
            for (int i = 0; i < y[0] * places; i++)
            {
                WorkLimits.Poll();
                int count = FindReadings(grid, i * axes, x, offsets, weights);
                (int sample, int place) = (i / places, i % places);
                for (int channel = 0; channel < x[1]; channel++)
                {
                    Sample(arguments, ((sample * x[1]) + channel) * plane, (((sample * y[1]) + channel) * places) + place, plane, offsets[..count], weights[..count]);
                }
            }
        }

        // The products over the axes of each axis's taps.
        private int FindReadings(Tensor grid, int start, Shape x, Span<int> offsets, Span<double> weights)
        {
            Span<int> indices = stackalloc int[MaxTaps];
            Span<double> shares = stackalloc double[MaxTaps];
            (offsets[0], weights[0]) = (0, 1);
            int count = 1;
            for (int axis = 2; axis < x.Rank; axis++)
            {
                int at = start + x.Rank - 1 - axis;
                double coordinate = grid is Tensor<float> single ? single.Span[at] : ((Tensor<double>)grid).Span[at];
                int taps = FillTaps(coordinate, x[axis], indices, shares);
                for (int tap = taps - 1; tap >= 0; tap--)
                {
                    // The first tap goes last, over what the others were made of.
                    for (int k = 0; k < count; k++)
                    {
                        offsets[(tap * count) + k] = (offsets[k] * x[axis]) + indices[tap];
                        weights[(tap * count) + k] = weights[k] * shares[tap];
                    }
                }

                count *= taps;
            }

            return count;
        }

        private int FillTaps(double coordinate, int size, Span<int> indices, Span<double> shares)
        {
            double least = op.AlignCorners ? 0 : -0.5;
            double greatest = op.AlignCorners ? size - 1 : size - 0.5;
            double at = op.AlignCorners ? (coordinate + 1) / 2 * (size - 1) : (((coordinate + 1) * size) - 1) / 2;
            at = op.Mode == SamplingMode.Nearest ? Math.Round(at) : at;

            // Cubic moves its elements alone, as PyTorch and ONNX Runtime do: at the border the curve goes on.
            if (op.Mode != SamplingMode.Cubic && (at < least || at > greatest))
            {
                at = op.Padding switch
                {
                    SamplingPadding.Border => Math.Clamp(at, 0, size - 1),
                    SamplingPadding.Reflection => Reflect(at, least, greatest),
                    _ => at,
                };
            }

            double floor = Math.Floor(at);
            (int taps, int before) = op.Mode switch
            {
                SamplingMode.Nearest => (1, 0),
                SamplingMode.Linear => (2, 0),
                _ => (4, 1),
            };
            int result = 0;
            for (int tap = 0; tap < taps; tap++)
            {
                double index = op.Mode == SamplingMode.Nearest ? Math.Round(at) : floor + tap - before;
                double distance = Math.Abs(at - index);
                double share = op.Mode switch
                {
                    SamplingMode.Nearest => 1,
                    SamplingMode.Linear => 1 - distance,
                    _ => Cubic(distance),
                };
                bool isInside = index >= 0 && index <= size - 1;
                if (!isInside && op.Padding == SamplingPadding.Reflection)
                {
                    index = Math.Truncate(Reflect(index, least, greatest));
                }

                // Zeros add nothing; what is not a number has no neighbour.
                if (isInside || op.Padding != SamplingPadding.Zeros)
                {
                    indices[result] = double.IsNaN(index) ? 0 : (int)Math.Clamp(index, 0, size - 1);
                    shares[result++] = share;
                }
            }

            return result;
        }

        private static double Reflect(double x, double least, double greatest)
        {
            double range = greatest - least;
            if (range <= 0)
            {
                return least;
            }

            bool isBelow = x < least;
            double distance = isBelow ? least - x : x - greatest;
            if (!(isBelow || x > greatest))
            {
                return x;
            }

            double turns = Math.Floor(distance / range);
            double rest = distance - (turns * range);
            return isBelow == (turns % 2 == 0) ? least + rest : greatest - rest;
        }
    }
}
