using Toolkit.Trainer.Data;
using Toolkit.Trainer.Metrics;
using Toolkit.Trainer.Recipes;

namespace Toolkit.Trainer.Tests.Recipes;

public sealed class RecipeTableTests
{
    [Fact]
    public void Every_recipe_of_the_library_is_in_the_table_sorted_by_name()
    {
        string[] types = [.. typeof(Recipe).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Recipe)) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(types, RecipeTable.All.Select(recipe => recipe.GetType().Name).Order(StringComparer.Ordinal));
        string[] names = [.. RecipeTable.All.Select(recipe => recipe.Name)];
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names);
        Assert.All(RecipeTable.All, recipe => Assert.Same(recipe, RecipeTable.Get(recipe.Name)));
    }

    [Fact]
    public void Every_recipe_says_what_it_is_and_names_data_sets_that_exist()
    {
        Assert.All(RecipeTable.All, recipe =>
        {
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", recipe.Name);
            Assert.NotEmpty(recipe.Chapter);
            Assert.NotEmpty(recipe.Description);
            Assert.NotEmpty(recipe.Network);
            Assert.True(recipe.Epochs >= 0 && recipe.BatchSize > 0, recipe.Name);
            Assert.NotNull(DatasetCatalog.Find(recipe.DatasetName));
            Assert.True(recipe.FallbackDataset is null || DatasetCatalog.Get(recipe.FallbackDataset).IsEmbedded, recipe.Name);
            Assert.NotEmpty(recipe.Metrics);
            Assert.Subset(MetricNames.All.ToHashSet(), recipe.Metrics.ToHashSet());
        });
    }

    [Fact]
    public void Every_recipe_trains_on_its_embedded_data_and_reports_its_metrics()
    {
        Assert.All(RecipeTable.All, recipe =>
        {
            DatasetEntry entry = DatasetCatalog.Get(recipe.FallbackDataset ?? recipe.DatasetName);
            Assert.True(entry.IsEmbedded, recipe.Name);
            RecipeData data = recipe.Arrange(entry == SyntheticDigits.Entry ? SyntheticDigits.Load(train: 40, test: 20) : entry.Load(new DatasetRequest { Offline = true }));
            Model model = recipe.Build(seed: 1);
            if (recipe.Epochs > 0)
            {
                model.Fit(data.Train.Take(40), epochs: 1, batchSize: Math.Min(20, data.Train.Count), verbose: 0);
            }

            EvaluationResult result = model.Evaluate(data.Test.Take(20));
            Assert.Equal(recipe.Metrics, result.Metrics.Keys);
        });
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_nearest_and_all()
    {
        string message = Assert.Throws<ArgumentException>(() => RecipeTable.Get("mnist-mpl")).Message;
        Assert.StartsWith("Recipe 'mnist-mpl' is unknown; did you mean 'mnist-mlp'? Known: ", message, StringComparison.Ordinal);
        Assert.Null(RecipeTable.Find("mnist-mpl"));
    }
}
