using System.Numerics;
using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.MaxRoiPool;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The maxima of the cells of regions; a cell outside of the image is 0. A sample that does not exist is an error.</summary>
internal static class MaxRoiPoolOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op, node),
        ElementType.Float64 => new Kernel<double>(op, node),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(Record op, NodeContext node) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            Shape y = arguments.OutputShape(0);
            ReadOnlySpan<T> rois = arguments.Input<T>(1);
            Span<T> target = arguments.Output<T>(0);
            int plane = x[2] * x[3];
            int cells = y[2] * y[3];
            for (int region = 0; region < y[0]; region++)
            {
                ReadOnlySpan<T> roi = rois.Slice(5 * region, 5);
                double sample = double.CreateTruncating(roi[0]);
                if (!(sample >= 0 && sample < x[0]))
                {
                    throw node.BadValue($"expected regions of samples 0 to {x[0] - 1}, got {sample}.");
                }

                for (int channel = 0; channel < x[1]; channel++)
                {
                    ReadOnlySpan<T> values = arguments.Input<T>(0).Slice((((int)sample * x[1]) + channel) * plane, plane);
                    for (int cell = 0; cell < cells; cell++)
                    {
                        WorkLimits.Poll();
                        (int top, int bottom) = Range(roi[2], roi[4], y[2], cell / y[3], x[2]);
                        (int left, int right) = Range(roi[1], roi[3], y[3], cell % y[3], x[3]);
                        target[(((region * x[1]) + channel) * cells) + cell] = Maximum(values, x[3], top, bottom, left, right);
                    }
                }
            }
        }

        private static T Maximum(ReadOnlySpan<T> values, int width, int top, int bottom, int left, int right)
        {
            if (bottom <= top || right <= left)
            {
                return T.Zero;
            }

            T greatest = values[(top * width) + left];
            for (int row = top; row < bottom; row++)
            {
                foreach (T value in values.Slice((row * width) + left, right - left))
                {
                    greatest = value > greatest ? value : greatest;
                }
            }

            return greatest;
        }

        // The elements [from, to) of a cell, within the image.
        private (int From, int To) Range(T begin, T end, int cells, int cell, int size)
        {
            double start = Math.Round(double.CreateTruncating(begin) * op.SpatialScale, MidpointRounding.AwayFromZero);
            double last = Math.Round(double.CreateTruncating(end) * op.SpatialScale, MidpointRounding.AwayFromZero);
            double step = Math.Max(last - start + 1, 1) / cells;
            double from = Math.Floor(cell * step) + start;
            double to = Math.Ceiling((cell + 1) * step) + start;
            return double.IsNaN(from) || double.IsNaN(to) ? (0, 0) : ((int)Math.Clamp(from, 0, size), (int)Math.Clamp(to, 0, size));
        }
    }
}
