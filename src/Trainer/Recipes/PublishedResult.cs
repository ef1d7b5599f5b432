namespace Toolkit.Trainer.Recipes;

/// <summary>What a book or a paper reports for a recipe on its own data set.</summary>
/// <param name="Source">Where it stands.</param>
/// <param name="TestFigure">The first of the recipe's metrics on the test part.</param>
/// <param name="TrainLosses">The training loss of each epoch; empty where it is not reported.</param>
public sealed record PublishedResult(string Source, double TestFigure, IReadOnlyList<double> TrainLosses);
