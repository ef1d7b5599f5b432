using Toolkit.Numerics;
using Toolkit.Trainer.Recipes;

namespace Toolkit.Trainer.Tests.Training;

/// <summary>A recipe's network with random samples that fit it, and its own way of training.</summary>
internal static class RandomBatches
{
    /// <summary>The recipes that train a network of one input and one output.</summary>
    public static IEnumerable<Recipe> Recipes => RecipeTable.All.Where(recipe => recipe.Epochs > 0);

    public static TrainingData Of(Model model, int samples)
    {
        var x = new Tensor<float>([samples, .. model.InputShapes[0].Dimensions]);
        new CounterRandom(7, 1).FillUniform(x.Span);
        Shape target = model.Loss.TargetShape(model.OutputShapes[0]);
        var y = new Tensor<float>([samples, .. target.Dimensions]);
        for (int i = 0; i < samples; i++)
        {
            // A one-hot row, or 0 and 1 in turn where there is one value.
            y.Span[(i * target.Length) + (i % target.Length)] = target.Length > 1 ? 1 : i % 2;
        }

        return new TrainingData(x, y);
    }

    public static FitOptions Options(Recipe recipe, int epochs, int batchSize, bool? prefetch = null) =>
        recipe.Configure(new FitOptions { Epochs = epochs, BatchSize = batchSize, Verbose = 0, Prefetch = prefetch });
}
