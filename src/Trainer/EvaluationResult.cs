using System.Globalization;

namespace Toolkit.Trainer;

/// <summary>What <c>Evaluate</c> measured.</summary>
/// <param name="Loss">The mean loss over the samples.</param>
/// <param name="Metrics">The metrics by name, in the order of <c>Compile</c>.</param>
public sealed record EvaluationResult(double Loss, OrderedDictionary<string, double> Metrics)
{
    /// <summary>The metric <c>accuracy</c>.</summary>
    /// <exception cref="KeyNotFoundException">The model was compiled without it.</exception>
    public double Accuracy => this["accuracy"];

    /// <summary>A figure by name: <c>loss</c> or a metric's.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists the names.</exception>
    public double this[string name] => name == "loss"
        ? Loss
        : Metrics.TryGetValue(name, out double value)
            ? value
            : throw new KeyNotFoundException($"EvaluationResult: expected one of {string.Join(", ", Metrics.Keys.Prepend("loss"))}, got '{name}'; name the metric in Compile.");

    /// <inheritdoc/>
    public override string ToString() => string.Join(
        " - ",
        Metrics.Prepend(new KeyValuePair<string, double>("loss", Loss)).Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key}: {figure.Value:F4}")));
}
