using OxyPlot.Axes;
using Toolkit.Reports.Html;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Plots;

/// <summary>An axis with texts at given places instead of numbers at round ones.</summary>
internal sealed class LabelledAxis : LinearAxis
{
    private readonly Dictionary<double, string> _labels = [];

    /// <summary>Makes an axis.</summary>
    /// <param name="ticks">The places and texts.</param>
    /// <param name="fits">How many texts there is room for; where there are more, each second, third, … stays.</param>
    public LabelledAxis(IReadOnlyList<AxisTick> ticks, int fits)
    {
        int step = Math.Max(1, (int)Math.Ceiling(ticks.Count / (double)Math.Max(1, fits)));
        for (int i = 0; i < ticks.Count; i += step)
        {
            _labels[ticks[i].Position] = HtmlText.Clean(ticks[i].Label);
        }

        LabelFormatter = position => _labels.GetValueOrDefault(position, "");
    }

    /// <inheritdoc/>
    public override void GetTickValues(out IList<double> majorLabelValues, out IList<double> majorTickValues, out IList<double> minorTickValues)
    {
        majorLabelValues = [.. _labels.Keys.Where(position => position >= ActualMinimum && position <= ActualMaximum).Order()];
        majorTickValues = majorLabelValues;
        minorTickValues = [];
    }
}
