using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Plots;

/// <summary>Draws a <see cref="Histogram"/>.</summary>
internal static class HistogramDrawing
{
    public static Drawing Draw(Histogram plot)
    {
        PlotModel model = PlotFrame.Model();
        double[] values = [.. plot.Values.Where(double.IsFinite)];
        (double first, double width, int[] counts) = Count(values, plot.Bins);
        Axis x = PlotFrame.ValueAxis(AxisPosition.Bottom, plot.XLabel);
        (x.Minimum, x.Maximum) = (first, first + (width * counts.Length));
        Axis y = PlotFrame.ValueAxis(AxisPosition.Left, "count");
        (y.Minimum, y.Maximum, y.MinimumMajorStep) = (0, Math.Max(1, counts.Max() * 1.05), 1);
        model.Axes.Add(x);
        model.Axes.Add(y);
        var bars = new RectangleBarSeries { FillColor = ThemeColors.Series(0), StrokeThickness = 0.75, StrokeColor = ThemeColors.Card };
        for (int bin = 0; bin < counts.Length; bin++)
        {
            if (counts[bin] > 0)
            {
                bars.Items.Add(new RectangleBarItem(first + (bin * width), 0, first + ((bin + 1) * width), counts[bin]));
            }
        }

        model.Series.Add(bars);
        int left = plot.Values.Count - values.Length;
        return new Drawing(model, "histogram", $"{plot.Title}: histogram of {values.Length} values{(plot.XLabel.Length > 0 ? $" of {plot.XLabel}" : "")}")
        {
            Width = plot.IsWide ? Drawing.FullWidth : Drawing.HalfWidth,
            Note = left > 0 ? $"{left} values that are not finite are left out." : "",
        };
    }

    /// <summary>
    /// Counts values in ranges of equal width. Where the number of ranges is free, their width is 1, 2 or 5 times a power of 10
    /// and 0 is an edge, so that a range has edges that people can read.
    /// </summary>
    internal static (double First, double Width, int[] Counts) Count(double[] values, int bins)
    {
        double low = values.Length > 0 ? values.Min() : 0;
        double high = values.Length > 0 ? values.Max() : 1;
        if (high <= low)
        {
            (low, high) = (low - 0.5, low + 0.5);
        }

        double first = low;
        double width = (high - low) / Math.Max(1, bins);
        if (bins == 0)
        {
            width = RoundUp((high - low) / Math.Clamp(Math.Sqrt(values.Length), 8, 40));
            first = Math.Floor(low / width) * width;
            bins = Math.Max(1, (int)Math.Ceiling((high - first) / width));
        }

        int[] counts = new int[bins];
        foreach (double value in values)
        {
            // The largest value belongs to the last range, whose upper edge it is.
            counts[Math.Clamp((int)((value - first) / width), 0, bins - 1)]++;
        }

        return (first, width, counts);
    }

    private static double RoundUp(double width)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        double digits = width / power;
        return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
    }
}
