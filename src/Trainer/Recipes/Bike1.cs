using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Recipes.Bikes;

namespace Toolkit.Trainer.Recipes;

/// <summary>
/// Rented bikes from nothing but the number of the hour: a first predictor, and what is wrong with it. With the number as it is, sigmoids saturate and
/// the network hardly learns; with the number normalised it does, and with more neurons it fits every hour that it saw, and none of those that follow.
/// </summary>
/// <remarks>
/// The network that is trained and exported is the mended one: 25 neurons on standardised numbers, first weights wide enough for steep sigmoids all over
/// the series, and L-BFGS, 20 iterations an epoch.
/// </remarks>
public sealed class Bike1 : Recipe
{
    private const int Hidden = 25;
    private const double FirstDeviation = 8;

    /// <summary>The hours that it is trained on, and as many that follow.</summary>
    internal const int Hours = 50;

    /// <inheritdoc/>
    public override string Name => "bike-1";

    /// <inheritdoc/>
    public override string Chapter => "8. A first predictor, and its over-fitting";

    /// <inheritdoc/>
    public override string Description => "Fits two days of rented bikes by the number of the hour, and fails on the days that follow.";

    /// <inheritdoc/>
    public override string Network => "1-25 sigmoid-1";

    /// <inheritdoc/>
    public override string DatasetName => "bike-sharing";

    /// <inheritdoc/>
    public override string? FallbackDataset => "synthetic-bike";

    /// <inheritdoc/>
    public override int Epochs => 50;

    /// <inheritdoc/>
    public override int BatchSize => Hours;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Metrics { get; } = ["mean_absolute_error"];

    /// <inheritdoc/>
    public override Model Build(int seed) => CreateNetwork(Hidden, FirstDeviation, new Lbfgs(historySize: 20, iterationsPerStep: 20), seed);

    /// <inheritdoc/>
    public override Dataset Prepare(Dataset part, DatasetSplits data)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(data);
        BikeSeries series = SeriesOf(data);
        return series.Standardized(part == data.Train ? 0 : Hours);
    }

    /// <inheritdoc/>
    public override RecipeData Arrange(DatasetSplits data)
    {
        ArgumentNullException.ThrowIfNull(data);
        BikeSeries series = SeriesOf(data);
        return new RecipeData(series.Standardized(0), null, series.Standardized(Hours))
        {
            InputNormalization = string.Create(CultureInfo.InvariantCulture, $$"""[{"column":"hour_number","offset":{{series.NumberMean}},"scale":{{series.NumberStd}}}]"""),
        };
    }

    /// <inheritdoc/>
    public override void Study(RecipeStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        new BikeSeriesStudy(study, SeriesOf(study.Splits)).Run();
    }

    /// <summary>A sigmoid hidden layer <c>hidden</c> and a linear <c>output</c>, with first weights and biases of the hidden layer that are normal.</summary>
    internal static Model CreateNetwork(int hidden, double deviation, Optimizer optimizer, int seed)
    {
        var model = new Sequential(
            new Input(1),
            new Dense(hidden, "sigmoid", kernelInitializer: new RandomNormal(0, deviation), biasInitializer: new RandomNormal(0, deviation), name: "hidden"),
            new Dense(1, name: "output"));
        model.Compile(optimizer, "mse", ["mean_absolute_error"], seed);
        return model;
    }

    private BikeSeries SeriesOf(DatasetSplits data) => data.Table is { } table && table.Contains("cnt") && table.RowCount >= 2 * Hours
        ? new BikeSeries(table.Numbers("cnt").ToArray().AsSpan(0, 2 * Hours))
        : throw new DatasetException($"{Name}: expected a table of {2 * Hours} hours or more with their counts 'cnt', got '{data.Name}'; train on bike-sharing or synthetic-bike.");
}
