namespace Toolkit.Trainer.Losses;

/// <summary>The losses by their names in Keras, long and short.</summary>
public static class LossNames
{
    private static readonly NameTable<Loss> Table = new("loss")
    {
        { "bce", () => new BinaryCrossentropy() },
        { "binary_crossentropy", () => new BinaryCrossentropy() },
        { "categorical_crossentropy", () => new CategoricalCrossentropy() },
        { "categorical_hinge", () => new CategoricalHinge() },
        { "cosine_similarity", () => new CosineSimilarity() },
        { "hinge", () => new Hinge() },
        { "huber", () => new Huber() },
        { "kl_divergence", () => new KLDivergence() },
        { "kld", () => new KLDivergence() },
        { "log_cosh", () => new LogCosh() },
        { "mae", () => new MeanAbsoluteError() },
        { "mape", () => new MeanAbsolutePercentageError() },
        { "mean_absolute_error", () => new MeanAbsoluteError() },
        { "mean_absolute_percentage_error", () => new MeanAbsolutePercentageError() },
        { "mean_squared_error", () => new MeanSquaredError() },
        { "mean_squared_logarithmic_error", () => new MeanSquaredLogarithmicError() },
        { "mse", () => new MeanSquaredError() },
        { "msle", () => new MeanSquaredLogarithmicError() },
        { "poisson", () => new Poisson() },
        { "sparse_categorical_crossentropy", () => new SparseCategoricalCrossentropy() },
        { "squared_hinge", () => new SquaredHinge() },
    };

    /// <summary>Every name, in alphabetical order.</summary>
    public static IReadOnlyList<string> All => Table.Names;

    internal static Loss Create(string name) => Table.Create(name);
}
