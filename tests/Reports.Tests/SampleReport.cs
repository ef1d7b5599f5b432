using Toolkit.Numerics;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Tests;

/// <summary>A report that holds every kind of item.</summary>
internal static class SampleReport
{
    public const string Awkward = "<b>\"A\" & 'B'</b>";

    public static IReadOnlyList<ReportItem> EveryKind { get; } =
    [
        new LinePlot($"Lines {Awkward}", "epoch", $"loss {Awkward}", PlotSeries.Of($"training {Awkward}", [1, 0.5, double.NaN, 0.2]), PlotSeries.Of("validation", [1, 0.6, 0.5, 0.4]) with { IsDashed = true, HasMarkers = true })
        {
            Caption = $"Caption {Awkward}",
            XMarks = [new AxisTick(2, $"mark {Awkward}")],
            YMarks = [new AxisTick(0.3, "published")],
            XTicks = [new AxisTick(0, $"tick {Awkward}"), new AxisTick(3, "Dec 24")],
        },
        new ScatterPlot("Points", "x", "y", new PlotSeries($"class {Awkward}", [1, 2], [3, 4]), new PlotSeries("second", [2], [5])) { HasIdentityLine = true },
        new BarPlot("Bars", "count", [Awkward, "b"], new BarSeries("first", [1, -2]), new BarSeries("second", [3, 4])) { CategoryLabel = "kind" },
        new BarPlot("Lying bars", "weight", ["a name that is far too long to stand upright", "another name that is far too long to stand upright"], new BarSeries("", [1, -2])),
        new Histogram("Histogram", "residual", [.. Enumerable.Range(0, 100).Select(i => (double)i)]),
        new Heatmap("Matrix", Tensor.From<float>([2, 3], 1, -2, 3, 0, 5, -6), [Awkward, "r1"], ["c0", "c1", "c2"]) { IsDiverging = true, RowTitle = "row", ColumnTitle = "column" },
        DecisionBoundary.Of("Boundary", Xor, (-0.5, 1.5), (-0.5, 1.5), [new PlotSeries("0", [0, 1], [0, 1]), new PlotSeries("1", [0, 1], [1, 0])], 21),
        new ImageGrid("Pictures", new ReportImage(Ramp([4, 4]), $"7 \u2192 9\n{Awkward}"), new ReportImage(Ramp([1, 4, 4]))) { Scale = ImageScale.Diverging },
        new ImageGrid("Colours", new ReportImage(Ramp([3, 4, 5]), "colour")),
        new ReportTable($"Table {Awkward}", ["name", "value"], ["a", "1,000"], [Awkward, "-2.5 %"]),
        new ReportText($"Text {Awkward}"),
        new ReportCode($"if (a < b && c > \"d\") {{ }} // {Awkward}"),
    ];

    public static Report Create(params IReadOnlyList<ReportItem> items)
    {
        var report = new Report($"Title {Awkward}", $"Subtitle {Awkward}") { Notice = $"Notice {Awkward}" };
        report.AddFact($"Fact {Awkward}", $"Value {Awkward}");
        report.Add(new ReportSection($"Section {Awkward}", $"First {Awkward}.\n\nSecond.", items));
        report.Add(new ReportSection("Second", ""));
        report.Add(new ReportSection("Third", "Only text."));
        return report;
    }

    private static Tensor<float> Ramp(Shape shape) => Tensor.From<float>(shape, [.. Enumerable.Range(0, shape.Length).Select(i => (i / (float)shape.Length) - 0.25f)]);

    private static Tensor<float> Xor(Tensor<float> x)
    {
        var y = new Tensor<float>([x.Shape[0], 1]);
        for (int i = 0; i < y.Length; i++)
        {
            float difference = x.Span[2 * i] - x.Span[(2 * i) + 1];
            y.Span[i] = difference * difference;
        }

        return y;
    }
}
