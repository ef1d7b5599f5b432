namespace Toolkit.Trainer.Losses;

/// <summary>The losses by their names in Keras, long and short.</summary>
public static class LossNames
{
    private static readonly NameTable<Loss> Table = new("loss")
    {
        { "binary_crossentropy", () => new BinaryCrossentropy() },
        { "categorical_crossentropy", () => new CategoricalCrossentropy() },
        { "mean_squared_error", () => new MeanSquaredError() },
        { "mse", () => new MeanSquaredError() },
        { "sparse_categorical_crossentropy", () => new SparseCategoricalCrossentropy() },
    };

    /// <summary>Every name, in alphabetical order.</summary>
    public static IReadOnlyList<string> All => Table.Names;

    internal static Loss Create(string name) => Table.Create(name);
}
