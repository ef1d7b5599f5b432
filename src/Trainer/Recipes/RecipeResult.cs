using System.Globalization;
using System.Reflection;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Trainer.Recipes;

/// <summary>A trained recipe.</summary>
public sealed class RecipeResult
{
    /// <summary>What was trained.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The data set that it was trained on, and whether that stands in for another.</summary>
    public required DatasetResolution Data { get; init; }

    /// <summary>The trained network.</summary>
    public required Model Model { get; init; }

    /// <summary>The seed of first weights, dropout and shuffling.</summary>
    public required int Seed { get; init; }

    /// <summary>Samples a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The figures of every epoch.</summary>
    public required History History { get; init; }

    /// <summary>What saved the training, and says where it went on from; null where nothing did.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>Wall time of training in seconds, that before an interruption included, without reading data and without the test.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Training samples a second, over all epochs.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Loss and metrics on the test part.</summary>
    public required EvaluationResult Test { get; init; }

    /// <summary>The data set in the form that the network takes; an export is checked on its test part.</summary>
    public required RecipeData Samples { get; init; }

    /// <summary>The recipe's own results by name, beside loss and metrics.</summary>
    public required OrderedDictionary<string, double> Figures { get; init; }

    /// <summary>The recipe's own pages of the report.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>Epochs trained; fewer than asked for where a callback stopped training.</summary>
    public int Epochs => History.Epochs.Count;

    /// <summary>Trained values.</summary>
    public int Parameters => Model.ParameterCount;

    /// <summary>The mean training loss of the last epoch; NaN where nothing was trained.</summary>
    public double TrainLoss => History.Epochs.Count == 0 ? double.NaN : History["loss"][^1];

    /// <summary>The mean loss on the test part.</summary>
    public double TestLoss => Test.Loss;

    /// <summary>The accuracy on the test part; null where the recipe does not measure it.</summary>
    public double? TestAccuracy => Test.Metrics.TryGetValue("accuracy", out double accuracy) ? accuracy : null;

    /// <summary>
    /// What an exported model says about itself: <c>classes</c> (separated by commas), <c>input_normalization</c>,
    /// <c>recipe</c>, <c>dataset</c>, <c>seed</c>, the test figures as <c>test_loss</c> and <c>test_</c> and the metric's
    /// name, and <c>tool_version</c>.
    /// </summary>
    public OrderedDictionary<string, string> Metadata
    {
        get
        {
            DatasetSplits data = Data.Data;
            var metadata = new OrderedDictionary<string, string>
            {
                ["recipe"] = Recipe.Name,
                ["dataset"] = data.Name,
                ["classes"] = string.Join(',', data.Classes),
                ["input_normalization"] = Samples.InputNormalization ?? data.InputNormalization,
                ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
                ["test_loss"] = Round(Test.Loss),
            };
            foreach ((string name, double value) in Test.Metrics)
            {
                metadata[$"test_{name}"] = Round(value);
            }

            foreach ((string name, double value) in Figures)
            {
                metadata[name] = Round(value);
            }

            metadata["tool_version"] = typeof(RecipeResult).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
            return metadata;
        }
    }

    private static string Round(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
