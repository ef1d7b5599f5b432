namespace Toolkit.Trainer.Optimizers;

/// <summary>The optimizers by their names in Keras.</summary>
public static class OptimizerNames
{
    private static readonly NameTable<Optimizer> Table = new("optimizer")
    {
        { "adagrad", () => new Adagrad() },
        { "adam", () => new Adam() },
        { "adamax", () => new Adamax() },
        { "adamw", () => new AdamW() },
        { "lbfgs", () => new Lbfgs() },
        { "nadam", () => new Nadam() },
        { "rmsprop", () => new RmsProp() },
        { "sgd", () => new Sgd() },
    };

    /// <summary>Every name, in alphabetical order.</summary>
    public static IReadOnlyList<string> All => Table.Names;

    internal static Optimizer Create(string name) => Table.Create(name);
}
