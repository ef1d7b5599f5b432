using Toolkit.Numerics;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Trainer.Tests.Reporting;

public class ReportTests
{
    [Fact]
    public void A_report_holds_facts_and_sections_in_order()
    {
        var report = new Report("Title", "Subtitle") { Notice = "Notice" };
        report.AddFact("a", "1");
        report.AddFact("b", "2");
        report.Add(new ReportSection("First", "Text.", new ReportText("x"), new ReportCode("y")));
        report.Add(new ReportSection("Second", ""));
        Assert.Equal([new ReportFact("a", "1"), new ReportFact("b", "2")], report.Facts);
        Assert.Equal(["First", "Second"], report.Sections.Select(section => section.Title));
        Assert.Equal(2, report.Sections[0].Items.Count);
    }

    [Fact]
    public void Titles_and_names_are_needed()
    {
        Assert.Throws<ArgumentException>(() => new Report(" "));
        Assert.Throws<ArgumentException>(() => new ReportSection("", "text"));
        Assert.Throws<ArgumentException>(() => new LinePlot("", "x", "y", PlotSeries.Of("a", [1])));
        Assert.Throws<ArgumentException>(() => new ReportFact("", "1"));
    }

    [Fact]
    public void A_figure_of_nothing_is_refused()
    {
        Assert.Contains("'Loss'", Assert.Throws<ArgumentException>(() => new LinePlot("Loss", "x", "y")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ScatterPlot("Points", "x", "y"));
        Assert.Throws<ArgumentException>(() => new BarPlot("Bars", "y", []));
        Assert.Throws<ArgumentException>(() => new Histogram("Residuals", "x", []));
        Assert.Throws<ArgumentException>(() => new ImageGrid("Pictures"));
        Assert.Throws<ArgumentException>(() => new Heatmap("Matrix", new Tensor<float>([0, 3]), [], []));
    }

    [Fact]
    public void A_series_has_as_many_y_as_x()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new PlotSeries("train", [1, 2], [3]));
        Assert.Contains("PlotSeries 'train': expected as many y as x, got 2 x and 1 y", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_of_y_alone_counts_from_its_first_place()
    {
        PlotSeries series = PlotSeries.Of("loss", [5, 6, 7], first: 1);
        Assert.Equal([1, 2, 3], series.X);
        Assert.Equal([5, 6, 7], series.Y);
    }

    [Fact]
    public void A_series_takes_the_values_of_a_strided_view()
    {
        Tensor<float> table = Tensor.From<float>([3, 2], 1, 10, 2, 20, 3, 30);
        PlotSeries series = PlotSeries.Of("view", table[.., 0], table[.., 1]);
        Assert.Equal([1, 2, 3], series.X);
        Assert.Equal([10, 20, 30], series.Y);
    }

    [Fact]
    public void Bars_have_a_value_a_category() =>
        Assert.Contains("expected 2 values in series 'a'", Assert.Throws<ArgumentException>(() => new BarPlot("Bars", "", ["x", "y"], new BarSeries("a", [1]))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_table_has_a_cell_a_column() =>
        Assert.Contains("got 1 in row 1", Assert.Throws<ArgumentException>(() => new ReportTable("Table", ["a", "b"], ["1", "2"], ["3"])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_heatmap_takes_a_matrix_with_a_label_for_each_row_or_none()
    {
        Assert.Contains("[rows,columns]", Assert.Throws<ArgumentException>(() => new Heatmap("Weights", new Tensor<float>([2, 2, 2]), [], [])).Message, StringComparison.Ordinal);
        Assert.Contains("each of 3 columns", Assert.Throws<ArgumentException>(() => new Heatmap("Weights", new Tensor<float>([2, 3]), ["a", "b"], ["c"])).Message, StringComparison.Ordinal);
        Assert.Empty(new Heatmap("Weights", new Tensor<float>([2, 3]), [], []).RowLabels);
    }

    [Fact]
    public void Pictures_are_grey_or_colour_and_of_one_shape()
    {
        Assert.Equal(new Shape(1, 4, 6), new ReportImage(new Tensor<float>([4, 6])).Pixels.Shape);
        Assert.Equal((4, 6), (new ReportImage(new Tensor<float>([3, 4, 6])).Height, new ReportImage(new Tensor<float>([3, 4, 6])).Width));
        Assert.Throws<ArgumentException>(() => new ReportImage(new Tensor<float>([2, 4, 6])));
        Assert.Throws<ArgumentException>(() => new ReportImage(new Tensor<float>([4])));
        Assert.Throws<ArgumentException>(() => new ReportImage(new Tensor<float>([2000, 4])));
        Assert.Throws<ArgumentException>(() => new ImageGrid("Pictures", new ReportImage(new Tensor<float>([4, 6])), new ReportImage(new Tensor<float>([4, 5]))));
    }

    [Fact]
    public void A_boundary_asks_the_network_in_rows_from_the_lower_left_corner()
    {
        Tensor<float>? asked = null;
        DecisionBoundary boundary = DecisionBoundary.Of("Boundary", Ask, (0, 1), (10, 30), [], resolution: 3);
        Assert.Equal([0, 10, 0.5f, 10, 1, 10, 0, 20], asked!.Span[..8]);
        Assert.Equal(new Shape(3, 3), boundary.Values.Shape);
        Assert.Equal(30, boundary.Values[2, 0]);

        Tensor<float> Ask(Tensor<float> x)
        {
            asked = x;
            return x[.., 1].Contiguous();
        }
    }

    [Fact]
    public void A_boundary_needs_one_output_a_place_and_ranges_that_ascend()
    {
        Assert.Throws<ArgumentException>(() => DecisionBoundary.Of("Boundary", x => x, (0, 1), (0, 1), []));
        Assert.Throws<ArgumentException>(() => DecisionBoundary.Of("Boundary", x => x[.., 1].Contiguous(), (1, 1), (0, 1), []));
    }

    [Fact]
    public void Marks_stand_at_finite_places() => Assert.Throws<ArgumentException>(() => new AxisTick(double.NaN, "best"));

    [Fact]
    public void A_histogram_has_a_bounded_number_of_ranges() => Assert.Throws<ArgumentOutOfRangeException>(() => new Histogram("Residuals", "", [1], 1000));
}
