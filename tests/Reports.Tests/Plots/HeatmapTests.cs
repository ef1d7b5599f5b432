using System.Xml.Linq;
using Toolkit.Numerics;
using Toolkit.Reports.Plots;
using Toolkit.Reports.Tests.Images;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Tests.Plots;

public class HeatmapTests
{
    [Fact]
    public void Small_matrices_have_their_numbers_printed_in_their_cells()
    {
        Page page = Page.Of(new Heatmap("Matrix", Tensor.From<float>([2, 2], 900, -1.5f, 0.25f, 7), ["r0", "r1"], ["c0", "c1"]));
        Assert.Equal(["900", "\u22121.50", "0.25", "7"], page.PlotTexts.Where(text => text[0] is not ('r' or 'c')));
        (double X, double Y)[] places = [.. page.Figure.Descendants("text").Where(text => text.Value[0] is not ('r' or 'c')).Select(Place)];
        Assert.True(places[0].X < places[1].X && places[0].Y < places[2].Y);
    }

    [Fact]
    public void Numbers_are_left_out_of_a_large_matrix_and_its_labels_are_thinned()
    {
        Page page = Page.Of(new Heatmap("Matrix", new Tensor<float>([60, 168]), [], []));
        Assert.InRange(page.PlotTexts.Length, 6, 60);
    }

    [Fact]
    public void A_pixel_shows_its_value_with_the_first_row_at_the_top()
    {
        Page page = Page.Of(new Heatmap("Matrix", Tensor.From<float>([2, 2], 0, 1, 2, 4), [], []));
        DecodedPng picture = Picture(page);
        Assert.Equal((2, 2), (picture.Width, picture.Height));
        Assert.Equal([0, 64, 128, 255], picture.Alpha);
    }

    [Fact]
    public void Diverging_colours_tell_signs_apart_and_leave_zero_empty()
    {
        DecodedPng picture = Picture(Page.Of(new Heatmap("Matrix", Tensor.From<float>([1, 3], -2, 0, 1), [], []) { IsDiverging = true }));
        Assert.Equal([255, 0, 128], picture.Alpha);
        Assert.NotEqual(picture.Rgb(0), picture.Rgb(2));
    }

    [Fact]
    public void Shading_by_row_shows_shares_of_the_row()
    {
        DecodedPng picture = Picture(Page.Of(new Heatmap("Matrix", Tensor.From<float>([2, 2], 1000, 0, 1, 3), [], []) { IsShadedByRow = true }));
        Assert.Equal([255, 0, (int)Math.Round(255 * Math.Sqrt(0.25)), (int)Math.Round(255 * Math.Sqrt(0.75))], picture.Alpha.Select(alpha => (int)alpha));
    }

    [Fact]
    public void Values_that_are_not_numbers_stay_empty()
    {
        DecodedPng picture = Picture(Page.Of(new Heatmap("Matrix", Tensor.From<float>([1, 2], float.NaN, 3), [], [])));
        Assert.Equal([0, 255], picture.Alpha);
    }

    [Fact]
    public void Huge_matrices_are_averaged_in_blocks()
    {
        var values = new Tensor<float>([1000, 600]);
        for (int i = 0; i < values.Length; i++)
        {
            values.Span[i] = i % 600 < 300 ? 0 : 1;
        }

        Tensor<float> shrunk = ValueImage.Shrink(values);
        Assert.Equal(new Shape(250, 200), shrunk.Shape);
        Assert.Equal(0, shrunk[0, 0]);
        Assert.Equal(1, shrunk[249, 199]);
        Assert.InRange(Page.Of(new Heatmap("Matrix", values, [], [])).Figure.ToString().Length, 1000, 100_000);
    }

    [Fact]
    public void A_boundary_is_drawn_where_the_output_crosses_the_threshold()
    {
        DecisionBoundary boundary = DecisionBoundary.Of("Boundary", FirstInput, (0, 1), (0, 1), [new PlotSeries("a", [0, 1], [0, 1])], 11) with { Threshold = 0.25 };
        Page page = Page.Of(boundary);
        XElement[] lines = [.. page.Figure.Descendants("polyline").Where(line => line.Attribute("style")!.Value.Contains("stroke:var(--ink)", StringComparison.Ordinal))];
        (double Left, double Right) corners = Corners(page);
        double crossing = corners.Left + (0.25 * (corners.Right - corners.Left));
        Assert.NotEmpty(lines);
        Assert.All(lines.SelectMany(PlotTests.Points), point => Assert.Equal(crossing, point[0], 0.5));
    }

    [Fact]
    public void A_boundary_of_an_undecided_network_is_pale_and_has_no_line()
    {
        var random = new Random(3);
        DecisionBoundary boundary = DecisionBoundary.Of("Boundary", x => Noise(x, random), (0, 1), (0, 1), [], 51);
        Page page = Page.Of(boundary);
        Assert.True(Picture(page).Alpha.Max() < 4);
        Assert.Contains("no line to draw", page.Figure.Value, StringComparison.Ordinal);
        Assert.InRange(page.Figure.Descendants("polyline").Count(), 0, 30);
        Assert.InRange(page.Figure.ToString().Length, 1000, 20_000);
    }

    [Fact]
    public void The_lower_left_corner_of_a_boundary_is_the_first_value()
    {
        DecisionBoundary boundary = new("Boundary", "", "", (0, 1), (0, 1), Tensor.From<float>([2, 2], 1, 0.5f, 0.5f, 0.5f));
        Assert.Equal([false, false, true, false], Picture(Page.Of(boundary)).Alpha.Select(alpha => alpha > 100));
    }

    private static Tensor<float> FirstInput(Tensor<float> x) => x[.., 0..1].Contiguous();

    private static Tensor<float> Noise(Tensor<float> x, Random random)
    {
        var y = new Tensor<float>([x.Shape[0]]);
        for (int i = 0; i < y.Length; i++)
        {
            y.Span[i] = 0.5f + ((random.NextSingle() - 0.5f) * 1e-3f);
        }

        return y;
    }

    private static DecodedPng Picture(Page page) => DecodedPng.FromAddress(page.Figure.Descendants("image").Single().Attribute("href")!.Value);

    /// <summary>The left and the right edge of the plot, which are the places of the two points.</summary>
    private static (double Left, double Right) Corners(Page page)
    {
        double[] places = [.. page.Figure.Descendants("circle").Select(circle => circle.Attribute("cx")!.Value).Where(x => x is not "6").Select(PlotTests.Number)];
        return (places.Min(), places.Max());
    }

    private static (double X, double Y) Place(XElement text)
    {
        string[] parts = text.Attribute("transform")!.Value.Split('(', ',', ')');
        return (PlotTests.Number(parts[1]), PlotTests.Number(parts[2]));
    }
}
