using System.Globalization;
using System.Xml.Linq;
using Toolkit.Numerics;
using Toolkit.Reports.Plots;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Tests.Plots;

public class PlotTests
{
    [Fact]
    public void A_curve_goes_through_its_points()
    {
        Page page = Page.Of(new LinePlot("Line", "x", "y", PlotSeries.Of("line", [0, 2, 1])));
        double[][] points = Points(Assert.Single(Curves(page)));
        Assert.Equal(3, points.Length);

        // Equal steps to the right; the middle point is twice as high above the first as the last is.
        Assert.Equal(points[1][0] - points[0][0], points[2][0] - points[1][0], 0.1);
        Assert.Equal(points[0][1] - points[1][1], 2 * (points[0][1] - points[2][1]), 0.1);
    }

    [Fact]
    public void A_value_that_is_not_finite_makes_a_gap()
    {
        Page page = Page.Of(new LinePlot("Line", "x", "y", PlotSeries.Of("line", [0, 1, double.NaN, 1, double.PositiveInfinity, 2, 3])));
        Assert.Equal([2, 2], Curves(page).Select(Points).Where(points => points.Length > 1).Select(points => points.Length));
    }

    [Fact]
    public void A_logarithmic_axis_leaves_out_what_has_no_logarithm()
    {
        Page page = Page.Of(new LinePlot("Line", "x", "y", PlotSeries.Of("line", [0, 1, 10, 100])) { YScale = AxisScale.Logarithmic });
        double[][] points = Points(Assert.Single(Curves(page)));
        Assert.Equal(3, points.Length);
        Assert.Equal(points[0][1] - points[1][1], points[1][1] - points[2][1], 0.1);
    }

    [Fact]
    public void Epochs_are_whole_numbers_on_the_axis()
    {
        Page page = Page.Of(new LinePlot("Line", "epoch", "", PlotSeries.Of("line", [1, 0.5, 0.25], first: 1)));
        string[] ticks = [.. page.Figure.Descendants("text").Where(text => (string?)text.Attribute("text-anchor") == "middle" && text.Value != "epoch").Select(text => text.Value)];
        Assert.Equal(["1", "2", "3"], ticks);
    }

    [Fact]
    public void Ticks_of_an_axis_have_equally_many_decimals()
    {
        Page page = Page.Of(new LinePlot("Line", "", "accuracy", PlotSeries.Of("line", [0.71, 0.99])));
        string[] ticks = [.. page.PlotTexts.Where(text => text.StartsWith("0.", StringComparison.Ordinal))];
        Assert.True(ticks.Length > 2);
        Assert.Single(ticks.Select(tick => tick.Length).Distinct());
    }

    [Fact]
    public void Ticks_with_texts_stand_at_their_places_and_are_thinned_where_they_would_overlap()
    {
        AxisTick[] days = [.. Enumerable.Range(0, 60).Select(day => new AxisTick(day * 24, $"December {day}"))];
        Page page = Page.Of(new LinePlot("Line", "", "", PlotSeries.Of("line", [.. Enumerable.Range(0, 1440).Select(hour => (double)hour)])) { XTicks = days });
        XElement[] labels = [.. page.Figure.Descendants("text").Where(text => text.Value.StartsWith("December", StringComparison.Ordinal))];
        Assert.InRange(labels.Length, 2, 6);
        double[] places = [.. labels.Select(label => Number(label.Attribute("transform")!.Value.Split('(', ',')[1])).Order()];
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.Second - pair.First > TextMeasurer.Width("December 00")));
    }

    [Fact]
    public void A_long_series_stays_small()
    {
        Page page = Page.Of(new LinePlot("Line", "", "", PlotSeries.Of("line", [.. Enumerable.Range(0, 200_000).Select(i => Math.Sin(i / 500.0))])));
        Assert.InRange(page.Figure.ToString().Length, 1000, 60_000);
    }

    [Fact]
    public void Many_points_are_thinned_and_the_caption_says_so()
    {
        double[] values = [.. Enumerable.Range(0, 50_000).Select(i => (double)i)];
        Page page = Page.Of(new ScatterPlot("Points", "x", "y", new PlotSeries("", values, values)));
        Assert.Equal(PointSets.MaxPoints, page.Figure.Descendants("circle").Count());
        Assert.Contains("One point in 25 of 50,000 is drawn.", page.Figure.Descendants("figcaption").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_keep_their_class_colour()
    {
        Page page = Page.Of(new ScatterPlot("Points", "x", "y", new PlotSeries("a", [1, 2, 3], [1, 2, 3]), new PlotSeries("b", [1], [3]) { Color = 6 }));
        Assert.Equal([("--series-0", 3), ("--series-6", 1)], page.Figure.Elements("div").Descendants("g")
            .Where(group => group.Elements("circle").Any())
            .Select(group => (group.Attribute("style")!.Value.Split("var(")[1].Split(')')[0], group.Elements("circle").Count())));
    }

    [Fact]
    public void Several_series_have_a_legend_and_one_has_none()
    {
        Assert.Empty(Page.Of(new LinePlot("Line", "", "", PlotSeries.Of("only", [1, 2]))).Root.Descendants("ul"));
        Page page = Page.Of(new LinePlot("Line", "", "", PlotSeries.Of("a", [1, 2]), PlotSeries.Of("b", [1, 2]) with { IsDashed = true }));
        Assert.Equal(["a", "b"], page.Root.Descendants("li").Select(entry => entry.Value));
        Assert.Contains("stroke-dasharray", page.Root.Descendants("li").Last().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_are_as_long_as_their_values()
    {
        Page page = Page.Of(new BarPlot("Bars", "count", ["a", "b"], new BarSeries("", [1, 3])));
        double[] heights = [.. page.Figure.Descendants("rect").Where(rect => rect.Attribute("style")?.Value.Contains("--series-0", StringComparison.Ordinal) == true).Select(rect => Number(rect.Attribute("height")!.Value))];
        Assert.Equal(2, heights.Length);
        Assert.Equal(3, heights[1] / heights[0], 0.05);
    }

    [Fact]
    public void Lying_bars_read_from_the_top()
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"a rather long name {i}")];
        Page page = Page.Of(new BarPlot("Bars", "count", names, new BarSeries("", [.. Enumerable.Range(1, 12).Select(i => (double)i)])));
        (string Name, double Y)[] labels = [.. page.Figure.Descendants("text")
            .Where(text => text.Value.StartsWith("a rather", StringComparison.Ordinal))
            .Select(text => (text.Value, Number(text.Attribute("transform")!.Value.Split(',', ')')[1])))];
        Assert.Equal(names, labels.OrderBy(label => label.Y).Select(label => label.Name));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_histogram_counts_every_value_once(int bins)
    {
        double[] values = [.. Enumerable.Range(0, 500).Select(i => Math.Sin(i) * 3)];
        (double first, double width, int[] counts) = HistogramDrawing.Count(values, bins);
        Assert.Equal(500, counts.Sum());
        Assert.True(first <= values.Min() && first + (width * counts.Length) >= values.Max() - 1e-9);
        for (int bin = 0; bin < counts.Length - 1; bin++)
        {
            Assert.Equal(values.Count(value => value >= first + (bin * width) && value < first + ((bin + 1) * width)), counts[bin]);
        }
    }

    [Fact]
    public void A_histogram_of_equal_values_and_of_no_finite_one_is_drawn()
    {
        Assert.NotEmpty(Page.Of(new Histogram("Same", "", [1, 1, 1])).Figure.Descendants("rect"));
        Page page = Page.Of(new Histogram("None", "", [double.NaN, double.PositiveInfinity]));
        Assert.Contains("2 values that are not finite are left out.", page.Figure.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Plots_without_a_finite_value_are_drawn_empty()
    {
        Page page = Page.Of(
            new LinePlot("Line", "", "", PlotSeries.Of("a", [double.NaN, double.NaN])),
            new LinePlot("Logarithmic", "", "", PlotSeries.Of("a", [0, -1])) { YScale = AxisScale.Logarithmic },
            new ScatterPlot("Points", "", "", new PlotSeries("a", [], [])),
            new Heatmap("Matrix", Tensor.From<float>([1, 2], float.NaN, float.NaN), [], []));
        Assert.Equal(4, page.Figures.Count());
    }

    [Fact]
    public void Text_is_measured_as_wide_as_the_widest_common_font_draws_it()
    {
        Assert.InRange(TextMeasurer.Width("temperature", 12), 72, 85);
        Assert.InRange(TextMeasurer.Width("0.25", 12), 26, 32);
    }

    internal static IEnumerable<XElement> Curves(Page page) =>
        page.Figure.Descendants("polyline").Where(line => line.Attribute("style")!.Value.Contains("--series-", StringComparison.Ordinal));

    internal static double[][] Points(XElement line) =>
        [.. line.Attribute("points")!.Value.Split(' ').Select(point => point.Split(',').Select(Number).ToArray())];

    internal static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
