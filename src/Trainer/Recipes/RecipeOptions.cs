using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Recipes;

/// <summary>How to train a recipe.</summary>
public sealed record RecipeOptions
{
    /// <summary>How often to go through the data; null for the recipe's own number.</summary>
    public int? Epochs { get; init; }

    /// <summary>Samples a step; null for the recipe's own number.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The seed of first weights, dropout and shuffling. It does not change generated data.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>The threads to compute with; null for all. The result does not depend on it.</summary>
    public int? Threads { get; init; }

    /// <summary>Train on this data set in place of the recipe's own; nothing stands in for it. Null for the recipe's own.</summary>
    public string? DatasetName { get; init; }

    /// <summary>Where to look for the data set.</summary>
    public DatasetRequest Data { get; init; } = new();

    /// <summary>Code that runs at fixed moments of training.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>Progress lines on the console as Keras writes them: 0 none, 1 a bar, 2 a line an epoch.</summary>
    public int Verbose { get; init; }

    /// <summary>Whether the recipe's pages of the report are wanted.</summary>
    public bool IsReported { get; init; }

    /// <summary>Told in a line what a recipe does beside training its network; null for silence.</summary>
    public Action<string>? OnNote { get; init; }

    /// <summary>
    /// Told the data set, before it is read, and the network, before it is trained: the moment to tell people about a
    /// data set that stands in.
    /// </summary>
    public Action<DatasetResolution, Model>? OnReady { get; init; }
}
