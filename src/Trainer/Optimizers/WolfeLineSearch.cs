namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// Finds a step α &gt; 0 along a descent direction that satisfies the strong Wolfe conditions: φ(α) ≤ φ(0) + c₁·α·φ'(0) and
/// |φ'(α)| ≤ c₂·|φ'(0)|. Brackets such a step, then narrows the bracket by cubic interpolation.
/// </summary>
/// <remarks>Nocedal and Wright, "Numerical optimization", 2nd edition, 2006, algorithms 3.5 and 3.6 and equation 3.59.</remarks>
/// <param name="sufficientDecrease">c₁.</param>
/// <param name="curvature">c₂.</param>
/// <param name="maximumEvaluations">How often φ may be computed.</param>
/// <param name="rounding">The relative rounding error of φ: differences below it count as equal, so that near a minimum the slopes decide.</param>
internal readonly struct WolfeLineSearch(double sufficientDecrease, double curvature, int maximumEvaluations, double rounding)
{
    // How far beyond a step the next may go, in multiples of the last advance, where the minimum is not bracketed yet.
    private const double LeastExtension = 0.1;
    private const double GreatestExtension = 9;

    // A trial stays this share of a bracket away from its ends, so that every trial narrows it.
    private const double Margin = 0.05;

    /// <summary>Searches.</summary>
    /// <param name="line">φ; the last point that it is asked for is the one that is given back, unless none is.</param>
    /// <param name="start">φ at 0, with a slope below 0.</param>
    /// <param name="firstStep">The first α to try.</param>
    /// <returns>
    /// The point found. Where the conditions cannot be met within the evaluations or in the precision of the numbers, the best point that
    /// lowers φ; null where none does.
    /// </returns>
    public LinePoint? Run(ILineFunction line, LinePoint start, double firstStep)
    {
        LinePoint previous = start;
        LinePoint current = line.At(firstStep);
        for (int evaluations = 1; ; evaluations++)
        {
            if (IsTooHigh(start, current) || (evaluations > 1 && !(current.Value < previous.Value)))
            {
                return Zoom(line, start, previous, current, evaluations);
            }

            if (IsFlat(start, current))
            {
                return current;
            }

            if (current.Slope >= 0)
            {
                return Zoom(line, start, current, previous, evaluations);
            }

            if (evaluations >= maximumEvaluations)
            {
                return current;
            }

            double advance = current.Step - previous.Step;
            double next = Math.Clamp(
                Minimizer(previous, current, 2 * current.Step), current.Step + (LeastExtension * advance), current.Step + (GreatestExtension * advance));
            (previous, current) = (current, line.At(next));
        }
    }

    /// <summary>Narrows a bracket: low has the least φ of the points that lower it enough, and high lies where φ' at low points to.</summary>
    private LinePoint? Zoom(ILineFunction line, LinePoint start, LinePoint low, LinePoint high, int evaluations)
    {
        while (evaluations < maximumEvaluations)
        {
            double width = high.Step - low.Step;
            double middle = low.Step + (0.5 * width);
            double inner = Margin * Math.Abs(width);
            double trial = Math.Clamp(
                Minimizer(low, high, middle), Math.Min(low.Step, high.Step) + inner, Math.Max(low.Step, high.Step) - inner);
            if (trial == low.Step || trial == high.Step)
            {
                break;
            }

            LinePoint current = line.At(trial);
            evaluations++;
            if (IsTooHigh(start, current) || !(current.Value < low.Value || IsRounding(start, current.Value - low.Value)))
            {
                high = current;
                continue;
            }

            if (IsFlat(start, current))
            {
                return current;
            }

            if (current.Slope * width >= 0)
            {
                high = low;
            }

            low = current;
        }

        return low.Step > 0 && low.Value < start.Value ? line.At(low.Step) : null;
    }

    // Written so that NaN and infinity are too high.

    private bool IsTooHigh(LinePoint start, LinePoint point) =>
        !(point.Value - start.Value <= (sufficientDecrease * point.Step * start.Slope) + (rounding * Math.Abs(start.Value))) || !double.IsFinite(point.Slope);

    private bool IsRounding(LinePoint start, double difference) => Math.Abs(difference) <= rounding * Math.Abs(start.Value);

    private bool IsFlat(LinePoint start, LinePoint point) => Math.Abs(point.Slope) <= -curvature * start.Slope;

    /// <summary>The minimizer of the cubic through the values and slopes of two points; the given step where there is none.</summary>
    private static double Minimizer(LinePoint a, LinePoint b, double otherwise)
    {
        double d1 = a.Slope + b.Slope - (3 * (a.Value - b.Value) / (a.Step - b.Step));
        double d2 = Math.CopySign(Math.Sqrt((d1 * d1) - (a.Slope * b.Slope)), b.Step - a.Step);
        double step = b.Step - ((b.Step - a.Step) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2))));
        return double.IsFinite(step) ? step : otherwise;
    }
}
