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
        if (values.Shape[0] > 1 && values.Shape[1] > 1)
        {
            model.Series.Add(Contour(plot, values));
        }

        string note = PointSets.AddTo(model, plot.Points, plot.Points.Sum(series => series.X.Count) > 60 ? 4 : 7, byte.MaxValue);
        return new Drawing(model, "boundary", $"{plot.Title}: the plane coloured by the network's output, with the line where the decision turns")
        {
            Height = 400,
            Legend = PointSets.Legend(plot.Points),
            Note = note,
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

    private static double[] Places((double First, double Last) range, int count) =>
        [.. Enumerable.Range(0, count).Select(index => double.Lerp(range.First, range.Last, index / (count - 1.0)))];

    private static Tensor<float> Shares(Tensor<float> values, double threshold)
    {
        double largest = 0;
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
                shares.Span[(row * columns) + column] = largest > 0 ? (float)(Strongest * (value - threshold) / largest) : 0;
            }
        }

        return shares;
    }
}
