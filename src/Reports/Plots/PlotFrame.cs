using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using Toolkit.Reports.Html;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Plots;

/// <summary>What all plots have in common: fonts, margins, axes, grid lines.</summary>
internal static class PlotFrame
{
    public static PlotModel Model() => new()
    {
        DefaultFont = PlotSvg.FontFamily,
        DefaultFontSize = PlotSvg.FontSize,
        TextColor = ThemeColors.Ink,
        Background = OxyColors.Undefined,
        PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1),
        PlotAreaBorderColor = ThemeColors.Axis,
        Padding = new OxyThickness(4, 10, 18, 4),
        Culture = CultureInfo.InvariantCulture,
    };

    public static Axis ValueAxis(AxisPosition position, string label, AxisScale scale = AxisScale.Linear)
    {
        Axis axis = scale == AxisScale.Logarithmic
            ? new LogarithmicAxis { PowerPadding = false, MinorTickSize = 0 }
            : new LinearAxis { MinorTickSize = 0 };
        axis.Position = position;
        axis.LabelFormatter = scale == AxisScale.Logarithmic ? Power : value => Number(value, axis.ActualMajorStep, Math.Max(Math.Abs(axis.ActualMinimum), Math.Abs(axis.ActualMaximum)));
        axis.IntervalLength = position == AxisPosition.Left ? 42 : 54;
        return Styled(axis, label);
    }

    /// <summary>The style that every axis has.</summary>
    public static T Styled<T>(T axis, string label)
        where T : Axis
    {
        axis.Title = label.Length == 0 ? null : HtmlText.Clean(label);
        axis.TitleColor = ThemeColors.Muted;
        axis.TextColor = ThemeColors.Muted;
        axis.AxisTitleDistance = 5;
        axis.AxisTickToLabelDistance = 5;
        axis.TicklineColor = ThemeColors.Axis;
        axis.TickStyle = axis.IsVertical() ? TickStyle.None : TickStyle.Outside;
        axis.MajorTickSize = axis.IsVertical() ? 0 : 4;
        axis.MinorTickSize = 0;
        axis.ExtraGridlineColor = ThemeColors.Axis;
        axis.MajorGridlineColor = ThemeColors.Grid;
        axis.MajorGridlineThickness = 1;
        axis.MajorGridlineStyle = axis.IsVertical() ? LineStyle.Solid : LineStyle.None;
        axis.MinorGridlineStyle = LineStyle.None;
        axis.IsZoomEnabled = false;
        axis.IsPanEnabled = false;
        return axis;
    }

    /// <summary>An axis from the smallest to the largest value, steps of 1 at least where all are whole numbers.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">What it must show.</param>
    /// <param name="padding">Room beyond both ends as a share of the range.</param>
    /// <param name="endsAtZero">Whether values of one sign have no room beyond 0.</param>
    public static void Fit(Axis axis, IEnumerable<double> values, double padding, bool endsAtZero = true)
    {
        double[] finite = [.. values.Where(value => double.IsFinite(value) && (axis is not LogarithmicAxis || value > 0))];
        if (finite.Length == 0)
        {
            // An axis of the library without data has no range of its own.
            (axis.Minimum, axis.Maximum) = axis is LogarithmicAxis ? (0.1, 10) : (0, 1);
            return;
        }

        (double low, double high) = (finite.Min(), finite.Max());
        if (axis is LogarithmicAxis)
        {
            double ratio = Math.Pow(high / low, padding);
            ratio = ratio > 1 ? ratio : 2;
            (axis.Minimum, axis.Maximum) = (low / ratio, high * ratio);
            return;
        }

        double margin = high > low ? (high - low) * padding : Math.Max(Math.Abs(low) * 0.5, 0.5);

        // A quantity that is never negative has no negative margin.
        axis.Minimum = endsAtZero && low >= 0 && low - margin < 0 && padding > 0 ? 0 : low - margin;
        axis.Maximum = endsAtZero && high <= 0 && high + margin > 0 && padding > 0 ? 0 : high + margin;
        if (finite.All(double.IsInteger) && axis is not LabelledAxis)
        {
            axis.MinimumMajorStep = 1;
        }
    }

    /// <summary>Draws a dashed line across the plot with a label beside it.</summary>
    /// <param name="model">The plot; its axes have their ranges.</param>
    /// <param name="mark">The place and the label.</param>
    /// <param name="isUpright">Whether the place is on the horizontal axis.</param>
    /// <param name="isLabelLeft">Whether the label is at the left: of an upright line, or at the left end of a lying one.</param>
    public static void AddRule(PlotModel model, AxisTick mark, bool isUpright, bool isLabelLeft)
    {
        model.Annotations.Add(new LineAnnotation
        {
            Type = isUpright ? LineAnnotationType.Vertical : LineAnnotationType.Horizontal,
            X = mark.Position,
            Y = mark.Position,
            Color = ThemeColors.Muted,
            StrokeThickness = 1,
            LineStyle = LineStyle.Dash,
            Layer = AnnotationLayer.BelowSeries,
        });

        // The label is an annotation of its own: the line's has no distance to it.
        (Axis x, Axis y) = (model.Axes[0], model.Axes[1]);
        bool isRightAligned = isUpright == isLabelLeft;
        model.Annotations.Add(new TextAnnotation
        {
            Text = HtmlText.Clean(mark.Label),
            TextPosition = isUpright ? new DataPoint(mark.Position, y.Maximum) : new DataPoint(isLabelLeft ? x.Minimum : x.Maximum, mark.Position),
            TextHorizontalAlignment = isRightAligned ? HorizontalAlignment.Right : HorizontalAlignment.Left,
            TextVerticalAlignment = isUpright ? VerticalAlignment.Top : VerticalAlignment.Bottom,
            Offset = isUpright ? new ScreenVector(isRightAligned ? -5 : 5, 0) : new ScreenVector(isRightAligned ? -3 : 3, -2),
            TextColor = ThemeColors.Muted,
            FontSize = 11,
            StrokeThickness = 0,
        });
    }

    /// <summary>A tick's number with as many decimals as the step between ticks needs, so that all of an axis have as many.</summary>
    private static string Number(double value, double step, double largest)
    {
        int decimals = 0;
        for (double scaled = Math.Abs(step); decimals < 6 && Math.Abs(scaled - Math.Round(scaled)) > 1e-6 * scaled; scaled *= 10)
        {
            decimals++;
        }

        if (Math.Abs(value) < step / 2)
        {
            return "0";
        }

        // Thousands are set apart on the whole axis or nowhere: years are not.
        return largest is >= 1e6 or < 1e-3 ? Number(value) : value.ToString($"{(largest >= 10_000 ? 'N' : 'F')}{decimals}", CultureInfo.InvariantCulture);
    }

    private static string Number(double value)
    {
        // Steps of the axis are sums of doubles: 0.30000000000000004 is 0.3.
        double rounded = Math.Abs(value) < 1e-12 ? 0 : value;
        double magnitude = Math.Abs(rounded);
        return magnitude is >= 1e6 or (> 0 and < 1e-4)
            ? rounded.ToString("0.###e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal)
            : rounded.ToString(magnitude >= 10_000 ? "#,0.###" : "0.######", CultureInfo.InvariantCulture);
    }

    private static string Power(double value) => value is >= 1e-4 and < 1e6 ? Number(value) : value.ToString("0e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal);
}
