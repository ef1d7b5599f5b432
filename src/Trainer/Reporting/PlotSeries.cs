using Toolkit.Numerics;

namespace Toolkit.Trainer.Reporting;

/// <summary>Points of a plot that belong together: a curve of a <see cref="LinePlot"/>, a class of a <see cref="ScatterPlot"/>.</summary>
/// <param name="Name">What the legend calls it; empty keeps it out of the legend.</param>
/// <param name="X">Positions along the horizontal axis.</param>
/// <param name="Y">Positions along the vertical axis. A value that is not finite makes a gap.</param>
public sealed record PlotSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>What the legend calls it; empty keeps it out of the legend.</summary>
    public string Name { get; } = Name ?? throw new ArgumentNullException(nameof(Name));

    /// <summary>Positions along the horizontal axis.</summary>
    public IReadOnlyList<double> X { get; } = X ?? throw new ArgumentNullException(nameof(X));

    /// <summary>Positions along the vertical axis. A value that is not finite makes a gap.</summary>
    /// <exception cref="ArgumentException">There are not as many as positions in <see cref="X"/>.</exception>
    public IReadOnlyList<double> Y { get; } = Y is null
        ? throw new ArgumentNullException(nameof(Y))
        : Y.Count == X.Count ? Y : throw new ArgumentException($"PlotSeries '{Name}': expected as many y as x, got {X.Count} x and {Y.Count} y.", nameof(Y));

    /// <summary>
    /// The number of its colour: equal numbers have equal colours in every plot of a page. By default the series' place in its plot.
    /// </summary>
    public int? Color { get; init; }

    /// <summary>Whether a curve is dashed.</summary>
    public bool IsDashed { get; init; }

    /// <summary>Whether the points of a curve are marked.</summary>
    public bool HasMarkers { get; init; }

    /// <summary>A series over 0, 1, 2, …</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="y">Positions along the vertical axis.</param>
    /// <param name="first">The first position along the horizontal axis.</param>
    public static PlotSeries Of(string name, IReadOnlyList<double> y, double first = 0)
    {
        ArgumentNullException.ThrowIfNull(y);
        return new PlotSeries(name, [.. Enumerable.Range(0, y.Count).Select(index => first + index)], y);
    }

    /// <summary>A series over 0, 1, 2, … from a tensor's values in row-major order.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="y">Positions along the vertical axis.</param>
    /// <param name="first">The first position along the horizontal axis.</param>
    public static PlotSeries Of(string name, Tensor<float> y, double first = 0) => Of(name, Figures.ToDoubles(y), first);

    /// <summary>A series from the values of two tensors in row-major order.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="x">Positions along the horizontal axis.</param>
    /// <param name="y">Positions along the vertical axis, as many.</param>
    public static PlotSeries Of(string name, Tensor<float> x, Tensor<float> y) => new(name, Figures.ToDoubles(x), Figures.ToDoubles(y));
}
