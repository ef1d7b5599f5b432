using System.Globalization;

namespace Toolkit.Trainer.Recipes;

/// <summary>What a book or a paper reports for a recipe on its own data set.</summary>
/// <param name="Source">Where it stands.</param>
/// <param name="TestFigure">The first of the recipe's metrics on the test part; null where it is not reported.</param>
/// <param name="TrainLosses">The training loss of each epoch; empty where it is not reported.</param>
public sealed record PublishedResult(string Source, double? TestFigure, IReadOnlyList<double> TrainLosses)
{
    /// <summary>Further published figures and pass marks by name, named as those of <see cref="RecipeStudy.Figures"/>: <c>validation_mse</c>.</summary>
    public OrderedDictionary<string, double> Figures { get; init; } = [];

    /// <summary>The figures in a line: <c>accuracy 0.9777</c>.</summary>
    /// <param name="metric">The recipe's first metric, which <see cref="TestFigure"/> is of.</param>
    public string Describe(string metric) => string.Join(
        ", ",
        (TestFigure is { } figure ? [KeyValuePair.Create(metric, figure)] : Array.Empty<KeyValuePair<string, double>>()).Concat(Figures)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key.Replace('_', ' ')} {pair.Value:0.####}")));
}
