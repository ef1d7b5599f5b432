using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Recipes;

/// <summary>
/// A network with its data and its way of training: what a chapter of a book, or a paper, does. One file a recipe;
/// <see cref="RecipeTable"/> lists them, <see cref="RecipeRunner"/> trains them.
/// </summary>
public abstract class Recipe
{
    /// <summary>The name that commands use: <c>mnist-mlp</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The chapter of the textbook and its subject: <c>2. A first neural network</c>.</summary>
    public abstract string Chapter { get; }

    /// <summary>What it does, in a sentence.</summary>
    public abstract string Description { get; }

    /// <summary>The network in short: <c>784-512 relu-10 softmax</c>.</summary>
    public abstract string Network { get; }

    /// <summary>The data set that it is meant for, by its name in <see cref="DatasetCatalog"/>.</summary>
    public abstract string DatasetName { get; }

    /// <summary>The data set that stands in where that one is nowhere to be had; null where none may.</summary>
    public abstract string? FallbackDataset { get; }

    /// <summary>How often training goes through the data unless asked otherwise; 0 where the weights are given and nothing is trained.</summary>
    public abstract int Epochs { get; }

    /// <summary>Samples a training step unless asked otherwise.</summary>
    public abstract int BatchSize { get; }

    /// <summary>The names of the metrics that are reported beside the loss, the recipe's own first.</summary>
    public abstract IReadOnlyList<string> Metrics { get; }

    /// <summary>What was published for it; null where nothing was.</summary>
    public virtual PublishedResult? Published => null;

    /// <summary>Makes the network, its first weights drawn, and compiles it.</summary>
    /// <param name="seed">The seed of first weights, dropout and shuffling.</param>
    public abstract Model Build(int seed);

    /// <summary>Brings a part of the data set into the form that the network takes.</summary>
    /// <param name="part">The training or the test part.</param>
    /// <param name="data">The data set that it is a part of.</param>
    /// <exception cref="DatasetException">The data set is of a form that the network cannot take.</exception>
    public abstract Dataset Prepare(Dataset part, DatasetSplits data);

    /// <summary>
    /// Brings the data set into the form that the network takes: by default <see cref="Prepare"/> of both parts, and nothing to validate on.
    /// </summary>
    /// <exception cref="DatasetException">The data set is of a form that the network cannot take.</exception>
    public virtual RecipeData Arrange(DatasetSplits data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new RecipeData(Prepare(data.Train, data), null, Prepare(data.Test, data));
    }

    /// <summary>Changes how the network is trained: augmentation, class weights, callbacks. Epochs and batch size are set already.</summary>
    public virtual FitOptions Configure(FitOptions options) => options;

    /// <summary>
    /// What the recipe does beside training its network: measurements, comparisons with other networks, pages of the report. Runs after
    /// the test.
    /// </summary>
    public virtual void Study(RecipeStudy study)
    {
    }
}
