using Toolkit.Numerics;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Operators that read images between their elements, element by element in float64.</summary>
internal static class SamplingReference
{
    public static Tensor GridSample(O.GridSample op, Tensor x, Tensor grid)
    {
        (double[] xs, double[] gs) = (Elements.Of(x), Elements.Of(grid));
        int axes = x.Shape.Rank - 2;
        Shape y = new([x.Shape[0], x.Shape[1], .. grid.Shape.Dimensions[1..^1]]);
        return Reference.Build(x.ElementType, y, index =>
        {
            int place = index[0];
            for (int axis = 0; axis < axes; axis++)
            {
                place = (place * grid.Shape[axis + 1]) + index[axis + 2];
            }

            double[] at = [.. Enumerable.Range(0, axes).Select(axis => Move(gs[(place * axes) + axes - 1 - axis], x.Shape[axis + 2]))];
            return Interpolate(0, []);

            double Interpolate(int axis, int[] chosen)
            {
                if (axis == axes)
                {
                    return Pixel(chosen);
                }

                if (op.Mode == O.SamplingMode.Nearest)
                {
                    return Interpolate(axis + 1, [.. chosen, (int)Math.Round(at[axis])]);
                }

                int floor = (int)Math.Floor(at[axis]);
                double t = at[axis] - floor;
                return op.Mode == O.SamplingMode.Linear
                    ? ((1 - t) * Interpolate(axis + 1, [.. chosen, floor])) + (t * Interpolate(axis + 1, [.. chosen, floor + 1]))
                    : Enumerable.Range(-1, 4).Sum(tap => Keys(Math.Abs(t - tap)) * Interpolate(axis + 1, [.. chosen, floor + tap]));
            }

            double Pixel(int[] chosen)
            {
                int offset = (index[0] * x.Shape[1]) + index[1];
                for (int axis = 0; axis < axes; axis++)
                {
                    int size = x.Shape[axis + 2];
                    int i = chosen[axis];
                    if (i < 0 || i >= size)
                    {
                        switch (op.Padding)
                        {
                            case O.SamplingPadding.Zeros:
                                return 0;
                            case O.SamplingPadding.Border:
                                i = Math.Clamp(i, 0, size - 1);
                                break;
                            default:
                                i = (int)Mirror(i, size);
                                break;
                        }
                    }

                    offset = (offset * size) + i;
                }

                return xs[offset];
            }
        });

        double Move(double coordinate, int size)
        {
            double at = op.AlignCorners ? (coordinate + 1) / 2 * (size - 1) : (((coordinate + 1) * size) - 1) / 2;
            at = op.Mode == O.SamplingMode.Nearest ? Math.Round(at) : at;
            bool isOutside = op.AlignCorners ? at < 0 || at > size - 1 : at < -0.5 || at > size - 0.5;
            return !isOutside || op.Mode == O.SamplingMode.Cubic || op.Padding == O.SamplingPadding.Zeros ? at : op.Padding == O.SamplingPadding.Border ? Math.Clamp(at, 0, size - 1) : Mirror(at, size);
        }

        // Step by step over the border until it is inside.
        double Mirror(double at, int size)
        {
            (double least, double greatest) = op.AlignCorners ? (0.0, size - 1.0) : (-0.5, size - 0.5);
            while (greatest > least && (at < least || at > greatest))
            {
                at = at < least ? (2 * least) - at : (2 * greatest) - at;
            }

            return greatest > least ? at : least;
        }
    }

    public static Tensor DeformConv(O.DeformConv op, Tensor x, Tensor w, Tensor offset, Tensor? bias, Tensor? mask, Shape y)
    {
        (double[] xs, double[] ws, double[] os) = (Elements.Of(x), Elements.Of(w), Elements.Of(offset));
        double[]? bs = bias is null ? null : Elements.Of(bias);
        double[]? ms = mask is null ? null : Elements.Of(mask);
        int axes = x.Shape.Rank - 2;
        int taps = w.Shape.LengthOf(2..);
        int places = y.LengthOf(2..);
        return Reference.Build(x.ElementType, y, index =>
        {
            double sum = bs is null ? 0 : bs[index[1]];
            int place = index[2..].Select((at, axis) => at * y.LengthOf((axis + 3)..)).Sum();
            for (int c = 0; c < w.Shape[1]; c++)
            {
                int channel = (index[1] / (w.Shape[0] / (int)op.Group) * w.Shape[1]) + c;
                int group = channel / (x.Shape[1] / (int)op.OffsetGroup);
                for (int tap = 0; tap < taps; tap++)
                {
                    int grid = (((index[0] * (int)op.OffsetGroup) + group) * taps) + tap;
                    double[] at = [.. Enumerable.Range(0, axes).Select(axis =>
                        (index[axis + 2] * op.Stride(axis)) - op.PadBegin(axis) + (tap / w.Shape.LengthOf((axis + 3)..) % w.Shape[axis + 2] * op.Dilation(axis)) + os[(((axes * grid) + axis) * places) + place])];
                    sum += Read((index[0] * x.Shape[1]) + channel, 0, at) * (ms is null ? 1 : ms[(grid * places) + place]) * ws[(((index[1] * w.Shape[1]) + c) * taps) + tap];
                }
            }

            return sum;
        });

        // Linear along an axis between what is linear along the axes behind it.
        double Read(int offset, int axis, double[] at)
        {
            if (axis == axes)
            {
                return xs[offset];
            }

            int floor = (int)Math.Floor(at[axis]);
            int size = x.Shape[axis + 2];
            double Part(int i) => i < 0 || i >= size ? 0 : (1 - Math.Abs(at[axis] - i)) * Read((offset * size) + i, axis + 1, at);
            return Part(floor) + Part(floor + 1);
        }
    }

    public static Tensor RoiAlign(O.RoiAlign op, Tensor x, Tensor rois, Tensor samples)
    {
        (double[] xs, double[] rs) = (Elements.Of(x), Elements.Of(rois));
        (int height, int width) = (x.Shape[2], x.Shape[3]);
        return Reference.Build(x.ElementType, new([rois.Shape[0], x.Shape[1], (int)op.OutputHeight, (int)op.OutputWidth]), index =>
        {
            double shift = op.HalfPixel ? 0.5 : 0;
            double[] roi = [.. rs[(4 * index[0])..((4 * index[0]) + 4)].Select(v => (v * op.SpatialScale) - shift)];
            double w = op.HalfPixel ? roi[2] - roi[0] : Math.Max(roi[2] - roi[0], 1);
            double h = op.HalfPixel ? roi[3] - roi[1] : Math.Max(roi[3] - roi[1], 1);
            (double cellWidth, double cellHeight) = (w / op.OutputWidth, h / op.OutputHeight);
            int rows = op.SamplingRatio > 0 ? (int)op.SamplingRatio : (int)Math.Ceiling(cellHeight);
            int columns = op.SamplingRatio > 0 ? (int)op.SamplingRatio : (int)Math.Ceiling(cellWidth);
            var sums = new List<double>();
            var greatest = new List<double>();
            for (int i = 0; i < rows * columns; i++)
            {
                double top = roi[1] + (index[2] * cellHeight) + (((i / columns) + 0.5) * cellHeight / rows);
                double left = roi[0] + (index[3] * cellWidth) + (((i % columns) + 0.5) * cellWidth / columns);
                bool isOutside = top < -1 || top > height || left < -1 || left > width;
                (top, left) = (Math.Clamp(top, 0, height - 1), Math.Clamp(left, 0, width - 1));
                var terms = new List<double>();
                foreach ((int row, double v) in new[] { ((int)top, 1 - (top - (int)top)), (Math.Min((int)top + 1, height - 1), top - (int)top) })
                {
                    foreach ((int column, double u) in new[] { ((int)left, 1 - (left - (int)left)), (Math.Min((int)left + 1, width - 1), left - (int)left) })
                    {
                        terms.Add(isOutside ? 0 : v * u * xs[(((((int)samples.As<long>().Span[index[0]] * x.Shape[1]) + index[1]) * height) + row) * width + column]);
                    }
                }

                sums.Add(terms.Sum());
                greatest.Add(terms.Max());
            }

            return sums.Count == 0 ? 0 : op.IsMaximum ? greatest.Max() : sums.Average();
        });
    }

    private static double Keys(double x) => x <= 1
        ? (1.25 * x * x * x) - (2.25 * x * x) + 1
        : (-0.75 * x * x * x) + (3.75 * x * x) - (6 * x) + 3;
}
