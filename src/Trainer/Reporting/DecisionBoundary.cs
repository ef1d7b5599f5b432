using Toolkit.Numerics;

namespace Toolkit.Trainer.Reporting;

/// <summary>What a network of two inputs says everywhere in a rectangle of the plane, and the samples that it was taught.</summary>
/// <param name="Title">The heading.</param>
/// <param name="XLabel">What the horizontal axis shows.</param>
/// <param name="YLabel">What the vertical axis shows.</param>
/// <param name="XRange">The first and the last column's place on the horizontal axis.</param>
/// <param name="YRange">The first and the last row's place on the vertical axis.</param>
/// <param name="Values">The network's output, [rows, columns]; row 0 is at the bottom, at the range's first value.</param>
/// <param name="Points">The samples by class; the first class is below the threshold, the second above.</param>
public sealed record DecisionBoundary(
    string Title,
    string XLabel,
    string YLabel,
    (double First, double Last) XRange,
    (double First, double Last) YRange,
    Tensor<float> Values,
    params IReadOnlyList<PlotSeries> Points) : ReportItem
{
    /// <summary>The heading.</summary>
    public string Title { get; } = Figures.Named(nameof(DecisionBoundary), Title);

    /// <summary>The first and the last column's place on the horizontal axis.</summary>
    /// <exception cref="ArgumentException">The last is not above the first.</exception>
    public (double First, double Last) XRange { get; } = Figures.Ascending(nameof(DecisionBoundary), Title, "x", XRange);

    /// <summary>The first and the last row's place on the vertical axis.</summary>
    /// <exception cref="ArgumentException">The last is not above the first.</exception>
    public (double First, double Last) YRange { get; } = Figures.Ascending(nameof(DecisionBoundary), Title, "y", YRange);

    /// <summary>The network's output, [rows, columns]; row 0 is at the bottom.</summary>
    /// <exception cref="ArgumentException">It is no matrix.</exception>
    public Tensor<float> Values { get; } = Figures.Matrix(nameof(DecisionBoundary), Title, Values);

    /// <summary>The samples by class.</summary>
    public IReadOnlyList<PlotSeries> Points { get; } = Figures.AllThere(nameof(DecisionBoundary), Points);

    /// <summary>The output at which the decision turns; a line is drawn there, and colours are centred on it.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Asks a network everywhere in a rectangle.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="predict">The network: rows [n,2] to outputs [n] or [n,1].</param>
    /// <param name="xRange">The horizontal range.</param>
    /// <param name="yRange">The vertical range.</param>
    /// <param name="points">The samples by class.</param>
    /// <param name="resolution">Places asked along each axis.</param>
    /// <exception cref="ArgumentException">The network gives another number of outputs than one a row.</exception>
    public static DecisionBoundary Of(
        string title,
        Func<Tensor<float>, Tensor<float>> predict,
        (double First, double Last) xRange,
        (double First, double Last) yRange,
        IReadOnlyList<PlotSeries> points,
        int resolution = 101)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 2);
        var inputs = new Tensor<float>([resolution * resolution, 2]);
        for (int row = 0; row < resolution; row++)
        {
            for (int column = 0; column < resolution; column++)
            {
                int at = 2 * ((row * resolution) + column);
                inputs.Span[at] = (float)double.Lerp(xRange.First, xRange.Last, column / (resolution - 1.0));
                inputs.Span[at + 1] = (float)double.Lerp(yRange.First, yRange.Last, row / (resolution - 1.0));
            }
        }

        Tensor<float> outputs = predict(inputs);
        return outputs.Length == resolution * resolution
            ? new DecisionBoundary(title, "x\u2081", "x\u2082", xRange, yRange, outputs.Reshape([resolution, resolution]), points)
            : throw new ArgumentException($"DecisionBoundary '{title}': expected one output a row of [{resolution * resolution},2], got {outputs.Shape}.", nameof(predict));
    }
}
