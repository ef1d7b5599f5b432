using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Plots;

/// <summary>Draws a <see cref="LinePlot"/>.</summary>
internal static class LinePlotDrawing
{
    /// <summary>Points whose distance on paper is below this are joined into one, so that a long series stays small.</summary>
    private const int MaxPoints = 4000;

    public static Drawing Draw(LinePlot plot)
    {
        PlotModel model = PlotFrame.Model();
        int width = plot.IsWide ? Drawing.FullWidth : Drawing.HalfWidth;
        Axis x = XAxis(plot, width);
        Axis y = PlotFrame.ValueAxis(AxisPosition.Left, plot.YLabel, plot.YScale);
        PlotFrame.Fit(x, plot.Series.SelectMany(series => series.X).Concat(plot.XMarks.Select(mark => mark.Position)), padding: plot.Series.Any(HasMarkers) ? 0.015 : 0);
        PlotFrame.Fit(y, plot.Series.SelectMany(series => series.Y).Concat(plot.YMarks.Select(mark => mark.Position)), plot.YMarks.Count > 0 ? 0.12 : 0.06, endsAtZero: !plot.Series.Any(HasMarkers));
        model.Axes.Add(x);
        model.Axes.Add(y);
        for (int index = 0; index < plot.Series.Count; index++)
        {
            model.Series.Add(Curve(plot, plot.Series[index], index));
        }

        foreach (AxisTick mark in plot.XMarks)
        {
            // The label is on the side that has more room.
            PlotFrame.AddRule(model, mark, isUpright: true, isLabelLeft: mark.Position > (x.Minimum + x.Maximum) / 2);
        }

        foreach (AxisTick mark in plot.YMarks)
        {
            PlotFrame.AddRule(model, mark, isUpright: false, IsFartherAtStart(plot.Series[0].Y, mark.Position));
        }

        string names = string.Join(", ", plot.Series.Select(series => series.Name).Where(name => name.Length > 0));
        return new Drawing(model, "line", $"{plot.Title}: line plot{(names.Length > 0 ? $" of {names}" : "")}{(plot.XLabel.Length > 0 ? $" over {plot.XLabel}" : "")}")
        {
            Width = width,
            Legend = LegendHtml.Lines(plot.Series.Select((series, index) => (series.Name, series.Color ?? index, series.IsDashed))),
        };
    }

    private static Axis XAxis(LinePlot plot, int width)
    {
        if (plot.XTicks.Count == 0)
        {
            return PlotFrame.ValueAxis(AxisPosition.Bottom, plot.XLabel, plot.XScale);
        }

        int fits = (int)((width - 70) / (plot.XTicks.Max(tick => TextMeasurer.Width(tick.Label)) + 14));
        return PlotFrame.Styled(new LabelledAxis(plot.XTicks, fits) { Position = AxisPosition.Bottom }, plot.XLabel);
    }

    /// <summary>A single point would not be seen otherwise.</summary>
    private static bool HasMarkers(PlotSeries series) => series.HasMarkers || series.Y.Count(double.IsFinite) == 1;

    /// <summary>Whether a curve leaves more room for a label at the left end of a line than at the right.</summary>
    private static bool IsFartherAtStart(IReadOnlyList<double> y, double position) => y.Count > 1 && Math.Abs(y[0] - position) > Math.Abs(y[^1] - position);

    private static LineSeries Curve(LinePlot plot, PlotSeries series, int index)
    {
        OxyColor color = ThemeColors.Series(series.Color ?? index);
        var curve = new LineSeries
        {
            Color = color,
            StrokeThickness = 2,
            LineJoin = LineJoin.Round,
            LineStyle = series.IsDashed ? LineStyle.Dash : LineStyle.Solid,
            MarkerType = HasMarkers(series) ? MarkerType.Circle : MarkerType.None,
            MarkerSize = 3.5,
            MarkerFill = color,
            MarkerStroke = ThemeColors.Card,
            MarkerStrokeThickness = 1,
        };
        if (series.X.Count > MaxPoints)
        {
            curve.Decimator = Decimator.Decimate;
            curve.StrokeThickness = 1.2;
        }
        else if (series.X.Count > 300)
        {
            curve.StrokeThickness = 1.5;
        }

        for (int i = 0; i < series.X.Count; i++)
        {
            bool isThere = double.IsFinite(series.X[i]) && double.IsFinite(series.Y[i])
                && (plot.XScale == AxisScale.Linear || series.X[i] > 0) && (plot.YScale == AxisScale.Linear || series.Y[i] > 0);
            curve.Points.Add(isThere ? new DataPoint(series.X[i], series.Y[i]) : DataPoint.Undefined);
        }

        return curve;
    }
}
