using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using Toolkit.Numerics;
using Toolkit.Reports.Html;
using Toolkit.Reports.Images;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Plots;

/// <summary>Draws a <see cref="Heatmap"/>.</summary>
internal static class HeatmapDrawing
{
    /// <summary>Values are printed up to so many, where they fit.</summary>
    private const int MaxNumbers = 500;

    /// <summary>The height of the matrix, unless its rows' names need more.</summary>
    private const double MaxHeight = 380;

    public static Drawing Draw(Heatmap plot)
    {
        int rows = plot.Values.Shape[0];
        int columns = plot.Values.Shape[1];
        int width = plot.IsWide ? Drawing.FullWidth : Drawing.HalfWidth;
        double rowLabelWidth = 50 + plot.RowLabels.Select(label => TextMeasurer.Width(label)).DefaultIfEmpty(24).Max();
        double cellWidth = Math.Max(1, width - rowLabelWidth) / columns;
        double cellHeight = Math.Clamp(cellWidth, Math.Min(15, MaxHeight / rows), Math.Min(52, Math.Max(MaxHeight / rows, 15)));
        bool isTurned = plot.ColumnLabels.Count > 0 && plot.ColumnLabels.Max(label => TextMeasurer.Width(label)) + 6 > cellWidth;
        double below = 44 + (isTurned ? plot.ColumnLabels.Max(label => TextMeasurer.Width(label)) : 14);
        (Tensor<float> shares, double low, double high) = Shares(plot);

        PlotModel model = PlotFrame.Model();
        model.PlotAreaBorderThickness = new OxyThickness(1);
        double columnLabelWidth = isTurned ? 15 : 8 + plot.ColumnLabels.Select(label => TextMeasurer.Width(label)).DefaultIfEmpty(TextMeasurer.Width($"{columns}")).Max();
        model.Axes.Add(Axis(AxisPosition.Left, plot.RowTitle, plot.RowLabels, rows, rows * cellHeight / 15, isReversed: true));
        Axis bottom = Axis(AxisPosition.Bottom, plot.ColumnTitle, plot.ColumnLabels, columns, columns * cellWidth / columnLabelWidth, isReversed: false);
        bottom.Angle = isTurned ? -90 : 0;
        model.Axes.Add(bottom);
        model.Annotations.Add(ValueImage.Place(ValueImage.Shrink(shares), plot.IsDiverging, (-0.5, columns - 0.5), (-0.5, rows - 0.5)));
        AddNumbers(model, plot, shares, cellWidth, cellHeight);
        string bar = plot.IsDiverging ? ColorBar.Diverging(high)
            : plot.IsShadedByRow ? ColorBar.Sequential("0 % of the row", "100 %")
            : ColorBar.Sequential(HtmlText.Number(low), HtmlText.Number(high));
        return new Drawing(model, "heatmap", $"{plot.Title}: heat map of {rows} rows and {columns} columns")
        {
            Width = width,
            Height = (int)Math.Ceiling((cellHeight * rows) + below),
            Legend = bar,
            Note = plot.IsShadedByRow ? "Colours grow with the square root of the share, so that rare cells are seen." : "",
        };
    }

    /// <summary>What the colours show: shares in [0, 1], or in [-1, 1] where 0 is the middle; and the values at the ends.</summary>
    private static (Tensor<float> Shares, double Low, double High) Shares(Heatmap plot)
    {
        float[] finite = [.. plot.Values.ToArray().Where(float.IsFinite)];
        double low = finite.Length > 0 ? finite.Min() : 0;
        double high = finite.Length > 0 ? finite.Max() : 1;
        var shares = new Tensor<float>(plot.Values.Shape);
        ReadOnlySpan<float> values = plot.Values.Span;
        int columns = plot.Values.Shape[1];
        if (plot.IsDiverging)
        {
            high = Math.Max(Math.Abs(low), Math.Abs(high)) is > 0 and var largest ? largest : 1;
            low = -high;
        }
        else if (low >= 0)
        {
            // Amounts begin at nothing; otherwise the smallest of nearly equal ones would vanish.
            low = 0;
        }

        double span = high > low ? high - low : 1;
        for (int row = 0; row < plot.Values.Shape[0]; row++)
        {
            double sum = 0;
            for (int column = 0; column < columns; column++)
            {
                sum += values[(row * columns) + column];
            }

            for (int column = 0; column < columns; column++)
            {
                int at = (row * columns) + column;
                shares.Span[at] = (float)(plot.IsDiverging ? values[at] / high : plot.IsShadedByRow ? (sum > 0 ? Math.Sqrt(values[at] / sum) : 0) : (values[at] - low) / span);
            }
        }

        return (shares, low, high);
    }

    private static LabelledAxis Axis(AxisPosition position, string title, IReadOnlyList<string> labels, int count, double fits, bool isReversed)
    {
        // Numbers stand at round steps; names at every one that there is room for.
        int step = labels.Count > 0 ? 1 : RoundStep(count / Math.Max(1, fits));
        IEnumerable<AxisTick> ticks = Enumerable.Range(0, count).Where(index => index % step == 0).Select(index =>
            new AxisTick(isReversed ? count - 1 - index : index, labels.Count > 0 ? labels[index] : index.ToString(CultureInfo.InvariantCulture)));
        return PlotFrame.Styled(
            new LabelledAxis([.. ticks], Math.Max(1, (int)fits))
            {
                Position = position,
                Minimum = -0.5,
                Maximum = count - 0.5,
            },
            title).WithoutGrid();
    }

    /// <summary>The least of 1, 2, 5, 10, 20, 50, … that is not below a number.</summary>
    private static int RoundStep(double least)
    {
        for (int power = 1; ; power *= 10)
        {
            foreach (int digit in (ReadOnlySpan<int>)[1, 2, 5])
            {
                if (digit * power >= least)
                {
                    return digit * power;
                }
            }
        }
    }

    private static LabelledAxis WithoutGrid(this LabelledAxis axis)
    {
        axis.MajorGridlineStyle = LineStyle.None;
        axis.MajorTickSize = 0;
        return axis;
    }

    private static void AddNumbers(PlotModel model, Heatmap plot, Tensor<float> shares, double cellWidth, double cellHeight)
    {
        int rows = plot.Values.Shape[0];
        int columns = plot.Values.Shape[1];
        string[] texts = [.. plot.Values.ToArray().Select(Text)];
        double size = Math.Min(12, Math.Min(cellHeight * 0.6, 0.9 * cellWidth / texts.Max(text => TextMeasurer.Width(text, 1))));
        if (texts.Length > MaxNumbers || size < 7)
        {
            return;
        }

        for (int i = 0; i < texts.Length; i++)
        {
            model.Annotations.Add(new TextAnnotation
            {
                Text = texts[i],
                TextPosition = new DataPoint(i % columns, rows - 1 - (i / columns)),
                TextHorizontalAlignment = HorizontalAlignment.Center,
                TextVerticalAlignment = VerticalAlignment.Middle,
                TextColor = Math.Abs(shares.Span[i]) >= HeatColors.TextTurns ? ThemeColors.OnHeat : ThemeColors.Ink,
                FontSize = Math.Round(size, 1),
                StrokeThickness = 0,
            });
        }
    }

    private static string Text(float value)
    {
        float magnitude = Math.Abs(value);
        string text = value.ToString(float.IsInteger(value) ? "0" : magnitude >= 100 ? "0" : magnitude >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
        return text.Replace('-', '\u2212');
    }
}
