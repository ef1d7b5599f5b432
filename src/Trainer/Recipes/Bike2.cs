using Toolkit.Trainer.Data;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Recipes.Bikes;

namespace Toolkit.Trainer.Recipes;

/// <summary>
/// Rented bikes by the hour from calendar and weather: the network, the inputs and the parts of Udacity's first neural network project
/// (udacity/deep-learning-v2-pytorch, project-bikesharing), and a look into its hidden neurons.
/// </summary>
/// <remarks>
/// The project's learning rate of 0.5 goes with the gradient of half the squared error; a whole one takes 0.25. It draws 6,000 batches of 128 rows
/// with replacement; 50 epochs in shuffled order are as many steps.
/// </remarks>
public sealed class Bike2 : Recipe
{
    private const int Inputs = 56;
    private const int Hidden = 20;
    private const double LearningRate = 0.5;

    // As many samples as are evaluated at a time; the figures do not depend on it.
    private const int EvaluationBatch = 256;

    /// <inheritdoc/>
    public override string Name => "bike-2";

    /// <inheritdoc/>
    public override string Chapter => "8. Predicting bike rentals from calendar and weather";

    /// <inheritdoc/>
    public override string Description => "Predicts how many bikes are rented in an hour, and shows what its hidden neurons respond to.";

    /// <inheritdoc/>
    public override string Network => "56-20 sigmoid-1, no biases";

    /// <inheritdoc/>
    public override string DatasetName => "bike-sharing";

    /// <inheritdoc/>
    public override string? FallbackDataset => "synthetic-bike";

    /// <inheritdoc/>
    public override int Epochs => 50;

    /// <inheritdoc/>
    public override int BatchSize => 128;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Metrics { get; } = ["mean_absolute_error", "r2_score"];

    /// <inheritdoc/>
    public override PublishedResult Published { get; } = new("Udacity, deep-learning-v2-pytorch, project-bikesharing: a good published run, and what the project must reach", null, [])
    {
        Figures = { ["train_mse"] = 0.058, ["validation_mse"] = 0.140, ["train_mse_pass_mark"] = 0.09, ["validation_mse_pass_mark"] = 0.18 },
    };

    /// <summary>
    /// Makes the network: a sigmoid hidden layer <c>hidden</c> and a linear <c>output</c>, neither with a bias; first weights are normal with
    /// deviation 1/√inputs of their layer, the loss is the mean squared error, the optimizer plain gradient descent.
    /// </summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="hidden">The number of hidden neurons.</param>
    /// <param name="learningRate">The rate for the gradient of half the squared error, as the project counts it.</param>
    /// <param name="seed">The seed of first weights and shuffling.</param>
    public static Model CreateNetwork(int inputs, int hidden, double learningRate, int seed)
    {
        var model = new Sequential(
            new Input(inputs),
            new Dense(hidden, "sigmoid", useBias: false, kernelInitializer: new RandomNormal(0, 1 / Math.Sqrt(inputs)), name: "hidden"),
            new Dense(1, useBias: false, kernelInitializer: new RandomNormal(0, 1 / Math.Sqrt(hidden)), name: "output"));
        model.Compile(new Sgd(learningRate / 2), "mse", ["mean_absolute_error", "r2_score"], seed);
        return model;
    }

    /// <inheritdoc/>
    public override Model Build(int seed) => CreateNetwork(Inputs, Hidden, LearningRate, seed);

    /// <inheritdoc/>
    public override Dataset Prepare(Dataset part, DatasetSplits data)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(data);
        return part.X.Shape[^1] == Inputs && data is { Table: not null, Features: not null, Validation: not null } && data.Table.Contains("cnt")
            ? part
            : throw new DatasetException($"{Name}: expected the hours of bike-sharing with {Inputs} inputs and a validation part, got '{data.Name}' with x {part.X.Shape}; train on bike-sharing or synthetic-bike.");
    }

    /// <inheritdoc/>
    public override RecipeData Arrange(DatasetSplits data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new RecipeData(Prepare(data.Train, data), data.Validation, data.Test);
    }

    /// <inheritdoc/>
    public override void Study(RecipeStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        study.Figures["train_mse"] = study.Model.Evaluate(study.Data.Train, EvaluationBatch).Loss;
        study.Figures["validation_mse"] = study.Model.Evaluate(study.Data.Validation!, EvaluationBatch).Loss;
        study.Figures["test_mse"] = study.Test.Loss;

        // What leads from the network's output to bikes an hour must travel with the model.
        study.Figures["target_mean"] = study.Splits.TargetMean;
        study.Figures["target_std"] = study.Splits.TargetStd;
        var test = BikeHours.Predict(study.Model, study.Data.Test, study.Splits, study.Splits.TestRows);
        study.Figures["test_mae_bikes"] = test.MeanAbsoluteError(_ => true);
        study.Figures["holiday_mae_bikes"] = test.MeanAbsoluteError(BikeHours.IsBetweenTheYears);
        if (!study.IsReported)
        {
            return;
        }

        study.Sections.Add(BikePredictions.Create(study, test, Published));
        foreach (var section in BikeDissection.Create(study))
        {
            study.Sections.Add(section);
        }

        study.Sections.Add(BikeHolidays.Create(study, test));
    }
}
