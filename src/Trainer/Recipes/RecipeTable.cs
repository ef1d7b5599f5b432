using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Recipes;

/// <summary>The recipes by name.</summary>
public static class RecipeTable
{
    private static readonly Recipe[] Table =
    [
        new Bike1(),
        new Bike2(),
        new LeNet5(),
        new LogicGates(),
        new MnistCnn(),
        new MnistMlp(),
        new PimaMlp(),
        new ResidualMini(),
        new ShapesCnn(),
        new ThreeLayer(),
    ];

    /// <summary>Every recipe, sorted by name.</summary>
    public static IReadOnlyList<Recipe> All => Table;

    /// <summary>The recipe of a name, or null where there is none.</summary>
    public static Recipe? Find(string name) => Array.Find(Table, recipe => recipe.Name == name);

    /// <summary>The recipe of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message says which there are.</exception>
    public static Recipe Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Find(name)
            ?? throw new ArgumentException($"Recipe '{name}' is unknown; {NameSuggestion.For(name, [.. Table.Select(recipe => recipe.Name)])}");
    }
}
