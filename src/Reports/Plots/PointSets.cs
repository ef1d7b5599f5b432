using OxyPlot;
using OxyPlot.Series;
using Toolkit.Reports.Html;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Plots;

/// <summary>Points by class, of which a plot shows a part where they are very many.</summary>
internal static class PointSets
{
    /// <summary>The most points that a plot draws.</summary>
    public const int MaxPoints = 2000;

    /// <summary>Adds the points to a plot and gives the note that says which were left out, if any.</summary>
    public static string AddTo(PlotModel model, IReadOnlyList<PlotSeries> classes, double size, byte opacity)
    {
        int total = classes.Sum(series => series.X.Count);
        int step = Math.Max(1, (int)Math.Ceiling(total / (double)MaxPoints));
        for (int index = 0; index < classes.Count; index++)
        {
            PlotSeries series = classes[index];
            var points = new ScatterSeries
            {
                MarkerType = MarkerType.Circle,
                MarkerSize = size,
                MarkerFill = OxyColor.FromAColor(opacity, ThemeColors.Series(series.Color ?? index)),
                MarkerStroke = opacity == byte.MaxValue ? ThemeColors.Card : OxyColors.Undefined,
                MarkerStrokeThickness = opacity == byte.MaxValue ? 1.5 : 0,
            };
            for (int i = 0; i < series.X.Count; i += step)
            {
                if (double.IsFinite(series.X[i]) && double.IsFinite(series.Y[i]))
                {
                    points.Points.Add(new ScatterPoint(series.X[i], series.Y[i]));
                }
            }

            model.Series.Add(points);
        }

        return step > 1 ? $"One point in {step} of {HtmlText.Count(total)} is drawn." : "";
    }

    public static string Legend(IReadOnlyList<PlotSeries> classes) => LegendHtml.Points(classes.Select((series, index) => (series.Name, series.Color ?? index)));
}
