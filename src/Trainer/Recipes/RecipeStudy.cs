using Toolkit.Trainer.Data;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Trainer.Recipes;

/// <summary>
/// A trained recipe while its <see cref="Recipe.Study"/> looks into it: what was trained, and where figures and pages of the report go.
/// </summary>
public sealed class RecipeStudy
{
    private readonly Action<string>? _note;

    internal RecipeStudy(RecipeOptions options, CancellationToken cancellationToken)
    {
        _note = options.OnNote;
        Options = options;
        Cancellation = cancellationToken;
    }

    /// <summary>The data set that the recipe was trained on.</summary>
    public required DatasetSplits Splits { get; init; }

    /// <summary>The data set in the form that the network takes.</summary>
    public required RecipeData Data { get; init; }

    /// <summary>The trained network.</summary>
    public required Model Model { get; init; }

    /// <summary>The figures of every epoch.</summary>
    public required History History { get; init; }

    /// <summary>Loss and metrics on the test part.</summary>
    public required EvaluationResult Test { get; init; }

    /// <summary>How the recipe was trained: epochs and batch size are those that were used.</summary>
    public RecipeOptions Options { get; }

    /// <summary>The seed of everything that draws.</summary>
    public int Seed => Options.Seed;

    /// <summary>Whether somebody will read <see cref="Sections"/>: what only serves them may be left out otherwise.</summary>
    public bool IsReported => Options.IsReported;

    /// <summary>Ends the study.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>
    /// The recipe's own results by name in snake case, beside loss and metrics: <c>cross_validated_accuracy</c>. They are printed, stand in the
    /// JSON, and in the exported file's metadata.
    /// </summary>
    public OrderedDictionary<string, double> Figures { get; } = [];

    /// <summary>The recipe's own pages of the report, in order.</summary>
    public IList<ReportSection> Sections { get; } = [];

    /// <summary>Tells people what is going on, in a line.</summary>
    public void Note(string text) => _note?.Invoke(text);

    /// <summary>Trains another network of the study, on the same threads, without progress lines.</summary>
    /// <param name="model">The network, compiled.</param>
    /// <param name="data">Its data.</param>
    /// <param name="options">How to train it.</param>
    public History Train(Model model, TrainingData data, FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        model.Threads = Model.Threads;
        return model.Fit(data, options with { Verbose = 0 }, Cancellation);
    }
}
