using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Recipes;

/// <summary>A data set in the form that a recipe's network takes.</summary>
/// <param name="Train">What it is trained on.</param>
/// <param name="Validation">What is evaluated after each epoch; null for nothing.</param>
/// <param name="Test">What it is tested on, and what an export is checked with.</param>
public sealed record RecipeData(Dataset Train, Dataset? Validation, Dataset Test)
{
    /// <summary>How raw values become the network's inputs, where that is not how the data set says: as <see cref="DatasetSplits.InputNormalization"/>; null where it is.</summary>
    public string? InputNormalization { get; init; }
}
