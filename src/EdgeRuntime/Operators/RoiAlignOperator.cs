using System.Numerics;
using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.RoiAlign;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Regions at one size, read between elements. Readings outside of the image are 0 and are not walked, so that a region however large takes no longer than the image. A sample that
/// does not exist is an error.
/// </summary>
internal static class RoiAlignOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op, node),
        ElementType.Float64 => new Kernel<double>(op, node),
        _ => throw node.UnsupportedType(0),
    };

    // Where the readings of a row or column of cells begin, how far they are apart, and how many there are of them.
    private readonly record struct Grid(double Start, double CellSize, double Count)
    {
        public double At(int cell, double reading) => Start + (cell * CellSize) + ((reading + 0.5) * CellSize / Count);

        // Beyond, adding one to a double changes nothing.
        private const double MostReadings = 1L << 52;

        // The readings of a cell within [-1, size].
        public (double From, double To) Inside(int cell, int size)
        {
            double step = CellSize / Count;
            double origin = Start + (cell * CellSize);
            if (!double.IsFinite(step) || !double.IsFinite(origin))
            {
                return (0, 0);
            }

            // A region without extent, or one that is turned around, has as many readings as the attribute says, or none.
            if (step <= 0)
            {
                return Count <= MostReadings ? (0, Count) : (0, 0);
            }

            double from = Math.Max(0, Math.Floor(((-1 - origin) / step) - 0.5));
            double to = Math.Min(Count, Math.Ceiling(((size - origin) / step) - 0.5) + 1);
            return to <= MostReadings ? (from, to) : (0, 0);
        }
    }

    private sealed class Kernel<T>(Record op, NodeContext node) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            Shape y = arguments.OutputShape(0);
            ReadOnlySpan<T> source = arguments.Input<T>(0);
            ReadOnlySpan<T> rois = arguments.Input<T>(1);
            ReadOnlySpan<long> samples = arguments.Input<long>(2);
            Span<T> target = arguments.Output<T>(0);
            int plane = x[2] * x[3];
            int cells = y[2] * y[3];
            for (int region = 0; region < y[0]; region++)
            {
                long sample = samples[region];
                if (sample < 0 || sample >= x[0])
                {
                    throw node.BadValue($"expected batch_indices from 0 to {x[0] - 1}, got {sample}.");
                }

                ReadOnlySpan<T> roi = rois.Slice(4 * region, 4);
                Grid columns = GridOf(roi[0], roi[2], y[3]);
                Grid rows = GridOf(roi[1], roi[3], y[2]);
                for (int channel = 0; channel < x[1]; channel++)
                {
                    ReadOnlySpan<T> values = source.Slice((((int)sample * x[1]) + channel) * plane, plane);
                    Span<T> result = target.Slice(((region * x[1]) + channel) * cells, cells);
                    for (int cell = 0; cell < cells; cell++)
                    {
                        WorkLimits.Poll();
                        result[cell] = T.CreateTruncating(Cell(values, x[2], x[3], rows, cell / y[3], columns, cell % y[3]));
                    }
                }
            }
        }

        private Grid GridOf(T begin, T end, int cells)
        {
            double shift = op.HalfPixel ? 0.5 : 0;
            double start = (double.CreateTruncating(begin) * op.SpatialScale) - shift;
            double size = (double.CreateTruncating(end) * op.SpatialScale) - shift - start;
            size = op.HalfPixel ? size : Math.Max(size, 1);
            double count = op.SamplingRatio > 0 ? op.SamplingRatio : Math.Ceiling(size / cells);
            return new Grid(start, size / cells, count);
        }

        private double Cell(ReadOnlySpan<T> values, int height, int width, Grid rows, int row, Grid columns, int column)
        {
            (double fromRow, double toRow) = rows.Inside(row, height);
            (double fromColumn, double toColumn) = columns.Inside(column, width);
            double sum = 0;
            double greatest = double.NegativeInfinity;
            for (double i = fromRow; i < toRow; i++)
            {
                WorkLimits.Poll();
                for (double j = fromColumn; j < toColumn; j++)
                {
                    (double added, double most) = Read(values, height, width, rows.At(row, i), columns.At(column, j));
                    sum += added;
                    greatest = Math.Max(greatest, most);
                }
            }

            double count = rows.Count * columns.Count;
            if (!op.IsMaximum)
            {
                return sum / Math.Max(count, 1);
            }

            // Readings that were not walked are 0.
            bool isWhole = (toRow - fromRow) * (toColumn - fromColumn) >= count;
            return double.IsNegativeInfinity(greatest) ? 0 : isWhole ? greatest : Math.Max(greatest, 0);
        }

        // The sum and the greatest of four weighted elements.
        private static (double Sum, double Greatest) Read(ReadOnlySpan<T> values, int height, int width, double top, double left)
        {
            if (!(top >= -1 && top <= height && left >= -1 && left <= width) || values.IsEmpty)
            {
                return (0, 0);
            }

            (int y, int nextY, double down) = Neighbours(top, height);
            (int x, int nextX, double right) = Neighbours(left, width);
            double a = (1 - down) * (1 - right) * double.CreateTruncating(values[(y * width) + x]);
            double b = (1 - down) * right * double.CreateTruncating(values[(y * width) + nextX]);
            double c = down * (1 - right) * double.CreateTruncating(values[(nextY * width) + x]);
            double d = down * right * double.CreateTruncating(values[(nextY * width) + nextX]);
            return (a + b + c + d, Math.Max(Math.Max(a, b), Math.Max(c, d)));
        }

        private static (int Low, int High, double Share) Neighbours(double at, int size)
        {
            at = Math.Max(at, 0);
            int low = (int)at;
            return low >= size - 1 ? (size - 1, size - 1, 0) : (low, low + 1, at - low);
        }
    }
}
