using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;
using Toolkit.Reports.Html;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Plots;

/// <summary>Draws a <see cref="BarPlot"/>: upright bars where the categories' names fit side by side, else lying ones.</summary>
internal static class BarPlotDrawing
{
    public static Drawing Draw(BarPlot plot)
    {
        int width = plot.IsWide ? Drawing.FullWidth : Drawing.HalfWidth;
        double longest = plot.Categories.Select(name => TextMeasurer.Width(name)).DefaultIfEmpty(0).Max();
        bool isUpright = plot.Categories.Count * (longest + 8) < width - 60;
        PlotModel model = PlotFrame.Model();
        CategoryAxis categories = PlotFrame.Styled(
            new CategoryAxis { Position = isUpright ? AxisPosition.Bottom : AxisPosition.Left, Key = "categories", GapWidth = plot.Series.Count > 1 ? 0.4 : 0.3 },
            plot.CategoryLabel);
        categories.MajorGridlineStyle = LineStyle.None;
        categories.MajorTickSize = 0;
        categories.Labels.AddRange((isUpright ? plot.Categories : plot.Categories.Reverse()).Select(HtmlText.Clean));
        Axis values = PlotFrame.ValueAxis(isUpright ? AxisPosition.Left : AxisPosition.Bottom, plot.ValueLabel);
        values.Key = "values";
        values.MajorGridlineStyle = LineStyle.Solid;
        PlotFrame.Fit(values, plot.Series.SelectMany(series => series.Values).Append(0), padding: 0.05);
        model.Axes.Add(categories);
        model.Axes.Add(values);
        if (!isUpright)
        {
            model.PlotAreaBorderThickness = new OxyThickness(0);
        }

        // Bars stand on 0, which need not be the plot's edge.
        model.Annotations.Add(new LineAnnotation
        {
            Type = isUpright ? LineAnnotationType.Horizontal : LineAnnotationType.Vertical,
            X = 0,
            Y = 0,
            Color = ThemeColors.Axis,
            StrokeThickness = 1,
            LineStyle = LineStyle.Solid,
        });

        foreach ((PlotModel target, int index) in Order(model, plot.Series.Count, isUpright))
        {
            Trainer.Reporting.BarSeries series = plot.Series[index];
            var bars = new OxyPlot.Series.BarSeries
            {
                XAxisKey = values.Key,
                YAxisKey = categories.Key,
                FillColor = ThemeColors.Series(series.Color ?? index),
                StrokeThickness = 0,
            };
            bars.Items.AddRange((isUpright ? series.Values : series.Values.Reverse()).Select(value => new BarItem(double.IsFinite(value) ? value : double.NaN)));
            target.Series.Add(bars);
        }

        return new Drawing(model, "bars", $"{plot.Title}: bar plot{(plot.ValueLabel.Length > 0 ? $" of {plot.ValueLabel}" : "")} by {plot.Categories.Count} categories")
        {
            Width = width,
            Height = isUpright ? 310 : 60 + (plot.Categories.Count * (plot.Series.Count > 1 ? 16 * plot.Series.Count : 22)),
            Legend = LegendHtml.Squares(plot.Series.Select((series, index) => (series.Name, series.Color ?? index))),
        };
    }

    /// <summary>Lying categories run upwards in the library; in reverse they, and the bars within each, read from the top.</summary>
    private static IEnumerable<(PlotModel Model, int Index)> Order(PlotModel model, int count, bool isUpright) =>
        Enumerable.Range(0, count).Select(index => (model, isUpright ? index : count - 1 - index));
}
