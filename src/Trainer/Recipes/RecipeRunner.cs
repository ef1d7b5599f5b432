using System.Diagnostics;
using System.Globalization;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Recipes;

/// <summary>Trains recipes: finds the data, builds the network, trains, and evaluates on the test part.</summary>
public static class RecipeRunner
{
    // As many samples as are evaluated at a time; the figures do not depend on it.
    private const int EvaluationBatch = 256;

    /// <summary>Trains a recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="options">How; null for the recipe's own way.</param>
    /// <param name="cancellationToken">Ends a download, or training between two steps.</param>
    /// <returns>The trained network and its figures.</returns>
    /// <exception cref="ArgumentException">A number is out of its range: epochs or batch size below 1, or a batch larger than the data.</exception>
    /// <exception cref="DatasetException">The data is damaged, or nowhere and nothing may stand in for it.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RecipeResult Run(Recipe recipe, RecipeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        options ??= new RecipeOptions();
        Check(recipe, options);
        string wanted = options.DatasetName ?? recipe.DatasetName;
        string? fallback = options.DatasetName is null ? recipe.FallbackDataset : null;
        return Train(recipe, DatasetCatalog.Resolve(wanted, fallback, options.Data, cancellationToken), options, cancellationToken);
    }

    /// <summary>Trains a recipe on a data set that is already at hand; what the options say of data sets does not count.</summary>
    /// <inheritdoc cref="Run"/>
    /// <param name="recipe">The recipe.</param>
    /// <param name="resolution">The data set.</param>
    /// <param name="options">How; null for the recipe's own way.</param>
    /// <param name="cancellationToken">Ends training between two steps.</param>
    public static RecipeResult Train(Recipe recipe, DatasetResolution resolution, RecipeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(resolution);
        options ??= new RecipeOptions();
        (int epochs, int batchSize) = Check(recipe, options);
        Model model = recipe.Build(options.Seed);
        if (options.Threads is { } threads)
        {
            model.Threads = threads;
        }

        options.OnReady?.Invoke(resolution, model);
        resolution.Data.ReadTestAhead();
        RecipeData data = recipe.Arrange(resolution.Data);
        if (batchSize > data.Train.Count)
        {
            throw new ArgumentException($"Recipe '{recipe.Name}': expected a batch size of at most {data.Train.Count}, the samples of '{resolution.Data.Name}', got {batchSize}; make it smaller.");
        }

        var clock = Stopwatch.StartNew();
        History history = epochs == 0 ? new History() : model.Fit(data.Train, recipe.Configure(FitOptionsOf(options, data, epochs, batchSize)), cancellationToken);
        Checkpoint? checkpoint = options.Callbacks.OfType<Checkpoint>().FirstOrDefault();
        double seconds = checkpoint?.ResumedFrom is null ? clock.Elapsed.TotalSeconds : history.Epochs.Sum(log => log.Seconds);
        var study = new RecipeStudy(options with { Epochs = epochs, BatchSize = batchSize }, cancellationToken)
        {
            Splits = resolution.Data,
            Data = data,
            Model = model,
            History = history,
            Test = model.Evaluate(data.Test, EvaluationBatch),
        };
        recipe.Study(study);
        return new RecipeResult
        {
            Recipe = recipe,
            Data = resolution,
            Model = model,
            Seed = options.Seed,
            BatchSize = batchSize,
            History = history,
            TrainSeconds = seconds,
            SamplesPerSecond = history.Epochs.Count * (double)data.Train.Count / seconds,
            Checkpoint = checkpoint,
            Test = study.Test,
            Samples = data,
            Figures = study.Figures,
            Sections = [.. study.Sections],
        };
    }

    private static FitOptions FitOptionsOf(RecipeOptions options, RecipeData data, int epochs, int batchSize) => new()
    {
        Epochs = epochs,
        BatchSize = batchSize,
        ValidationData = data.Validation is null ? null : (TrainingData)data.Validation,
        Callbacks = options.Callbacks,
        Verbose = options.Verbose,
    };

    private static (int Epochs, int BatchSize) Check(Recipe recipe, RecipeOptions options)
    {
        if (recipe.Epochs == 0 && options.Epochs is { } wanted)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Recipe '{recipe.Name}': its weights are given and nothing is trained; expected no number of epochs, got {wanted}."));
        }

        return (recipe.Epochs == 0 ? 0 : AtLeastOne(options.Epochs ?? recipe.Epochs, "epochs"), AtLeastOne(options.BatchSize ?? recipe.BatchSize, "a batch size"));

        int AtLeastOne(int value, string what) => value >= 1
            ? value
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Recipe '{recipe.Name}': expected {what} of 1 or more, got {value}."));
    }
}
