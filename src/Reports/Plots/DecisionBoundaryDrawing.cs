using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using Toolkit.Numerics;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Plots;

/// <summary>Draws a <see cref="DecisionBoundary"/>.</summary>
internal static class DecisionBoundaryDrawing
{
    /// <summary>The opacity of the surest place, so that points stand out.</summary>
    private const double Strongest = 0.5;

    /// <summary>Outputs nearer to the threshold than this are paler than the surest, so that an undecided network looks undecided.</summary>
    private const double Sure = 0.25;

    /// <summary>A line crosses about as many cells as the grid has rows and columns; where it would cross this many times more, it is noise.</summary>
    private const int NoisyCrossings = 12;

    /// <summary>Outputs nearer to the threshold than this are on neither side.</summary>
    private const double Undecided = 1e-6;

    public static Drawing Draw(DecisionBoundary plot)
    {
        PlotModel model = PlotFrame.Model();
        model.PlotAreaBorderThickness = new OxyThickness(1);
        Tensor<float> values = ValueImage.Shrink(plot.Values);
        model.Axes.Add(Axis(AxisPosition.Bottom, plot.XLabel, plot.XRange));
        model.Axes.Add(Axis(AxisPosition.Left, plot.YLabel, plot.YRange));

        // A pixel's middle lies where its value was asked, so the picture is half a pixel wider on each side.
        double halfX = (plot.XRange.Last - plot.XRange.First) / Math.Max(1, values.Shape[1] - 1) / 2;
        double halfY = (plot.YRange.Last - plot.YRange.First) / Math.Max(1, values.Shape[0] - 1) / 2;
        model.Annotations.Add(ValueImage.Place(
            Shares(values, plot.Threshold), isDiverging: true, (plot.XRange.First - halfX, plot.XRange.Last + halfX), (plot.YRange.First - halfY, plot.YRange.Last + halfY)));
        int crossings = Crossings(values, plot.Threshold);
        bool isUndecided = crossings > NoisyCrossings * (values.Shape[0] + values.Shape[1]);
        if (crossings > 0 && !isUndecided)
        {
            model.Series.Add(Contour(plot, IsStep(values) ? Blurred(Blurred(Blurred(Blurred(values)))) : values));
        }

        string note = PointSets.AddTo(model, plot.Points, plot.Points.Sum(series => series.X.Count) > 60 ? 4 : 7, byte.MaxValue);
        return new Drawing(model, "boundary", $"{plot.Title}: the plane coloured by the network's output, with the line where the decision turns")
        {
            Height = 400,
            Legend = PointSets.Legend(plot.Points),
            Note = isUndecided ? $"The output lies so near the threshold that there is no line to draw. {note}".TrimEnd() : note,
        };
    }

    private static Axis Axis(AxisPosition position, string label, (double First, double Last) range)
    {
        Axis axis = PlotFrame.ValueAxis(position, label);
        (axis.Minimum, axis.Maximum) = range;
        axis.MajorGridlineStyle = LineStyle.None;
        return axis;
    }

    private static ContourSeries Contour(DecisionBoundary plot, Tensor<float> values)
    {
        int rows = values.Shape[0];
        int columns = values.Shape[1];
        double[,] data = new double[columns, rows];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                data[column, row] = values.Span[(row * columns) + column];
            }
        }

        return new ContourSeries
        {
            Data = data,
            ColumnCoordinates = Places(plot.XRange, columns),
            RowCoordinates = Places(plot.YRange, rows),
            ContourLevels = [plot.Threshold],
            Color = ThemeColors.Ink,
            StrokeThickness = 1.5,
            LabelFormatString = "",
            LabelStep = int.MaxValue,
            FontSize = 0,
            MinimumSegmentLength = 1,
        };
    }

    /// <summary>How often neighbours lie on both sides of the threshold, or a place lies on it.</summary>
    private static int Crossings(Tensor<float> values, double threshold)
    {
        int columns = values.Shape[1];
        ReadOnlySpan<float> span = values.Span;
        int crossings = 0;
        for (int i = 0; i < span.Length; i++)
        {
            bool isAbove = span[i] > threshold;
            crossings += Math.Abs(span[i] - threshold) < Undecided ? 1 : 0;
            crossings += (i + 1) % columns != 0 && isAbove != span[i + 1] > threshold ? 1 : 0;
            crossings += i + columns < span.Length && isAbove != span[i + columns] > threshold ? 1 : 0;
        }

        return crossings;
    }

    private static bool IsStep(Tensor<float> values) => values.ToArray().Distinct().Take(3).Count() == 2;

    /// <summary>
    /// Means over 5 by 5 values. A step function says nothing of where between two places it steps, so that its line would be a stair;
    /// a straight border stays where it is.
    /// </summary>
    private static Tensor<float> Blurred(Tensor<float> values)
    {
        const int Radius = 2;
        int rows = values.Shape[0];
        int columns = values.Shape[1];
        var blurred = new Tensor<float>(values.Shape);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                // The window shrinks evenly at the grid's edge, so that it stays centred.
                int reach = Math.Min(Radius, Math.Min(Math.Min(row, rows - 1 - row), Math.Min(column, columns - 1 - column)));
                double sum = 0;
                for (int r = row - reach; r <= row + reach; r++)
                {
                    for (int c = column - reach; c <= column + reach; c++)
                    {
                        sum += values.Span[(r * columns) + c];
                    }
                }

                blurred.Span[(row * columns) + column] = (float)(sum / ((2 * reach) + 1) / ((2 * reach) + 1));
            }
        }

        return blurred;
    }

    private static double[] Places((double First, double Last) range, int count) =>
        [.. Enumerable.Range(0, count).Select(index => double.Lerp(range.First, range.Last, index / (count - 1.0)))];

    private static Tensor<float> Shares(Tensor<float> values, double threshold)
    {
        double largest = Sure;
        foreach (float value in values.Span)
        {
            largest = float.IsFinite(value) ? Math.Max(largest, Math.Abs(value - threshold)) : largest;
        }

        int rows = values.Shape[0];
        int columns = values.Shape[1];
        var shares = new Tensor<float>(values.Shape);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                // Row 0 is at the bottom of the plot, and at the top of a picture.
                float value = values.Span[((rows - 1 - row) * columns) + column];
                shares.Span[(row * columns) + column] = (float)(Strongest * (value - threshold) / largest);
            }
        }

        return shares;
    }
}
