using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Plots;

/// <summary>Draws a <see cref="ScatterPlot"/>.</summary>
internal static class ScatterPlotDrawing
{
    public static Drawing Draw(ScatterPlot plot)
    {
        PlotModel model = PlotFrame.Model();
        Axis x = PlotFrame.ValueAxis(AxisPosition.Bottom, plot.XLabel);
        Axis y = PlotFrame.ValueAxis(AxisPosition.Left, plot.YLabel);
        x.MajorGridlineStyle = LineStyle.Solid;
        IEnumerable<double> xs = plot.Classes.SelectMany(series => series.X);
        IEnumerable<double> ys = plot.Classes.SelectMany(series => series.Y);
        PlotFrame.Fit(x, plot.HasIdentityLine ? xs.Concat(ys) : xs, padding: 0.04);
        PlotFrame.Fit(y, plot.HasIdentityLine ? xs.Concat(ys) : ys, padding: 0.04);
        model.Axes.Add(x);
        model.Axes.Add(y);
        if (plot.HasIdentityLine)
        {
            model.Annotations.Add(new LineAnnotation
            {
                Type = LineAnnotationType.LinearEquation,
                Slope = 1,
                Intercept = 0,
                Color = ThemeColors.Muted,
                StrokeThickness = 1,
                LineStyle = LineStyle.Dash,
            });
        }

        bool isCrowded = plot.Classes.Sum(series => series.X.Count) > 200;
        string note = PointSets.AddTo(model, plot.Classes, isCrowded ? 2.2 : 4, isCrowded ? (byte)140 : byte.MaxValue);
        return new Drawing(model, "scatter", $"{plot.Title}: scatter plot of {plot.YLabel} over {plot.XLabel}")
        {
            Width = plot.IsWide ? Drawing.FullWidth : Drawing.HalfWidth,
            Height = plot.IsWide ? 420 : 400,
            Legend = PointSets.Legend(plot.Classes),
            Note = note,
        };
    }
}
