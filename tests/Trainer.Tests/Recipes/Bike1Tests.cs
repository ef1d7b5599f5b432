using Toolkit.Trainer.Data;
using Toolkit.Trainer.Recipes;
using Toolkit.Trainer.Tests.Data;

namespace Toolkit.Trainer.Tests.Recipes;

public sealed class Bike1Tests
{
    private static readonly Recipe Recipe = RecipeTable.Get("bike-1");

    private static readonly Lazy<DatasetResolution> StandIn = new(() => new DatasetResolution(SyntheticBike.Load(), null));

    [Fact]
    public void Raw_numbers_fail_normalised_ones_learn_more_neurons_fit_and_the_following_hours_are_missed() =>
        AssertStory(RecipeRunner.Train(Recipe, StandIn.Value));

    [DataFact("bike-sharing")]
    public void The_real_hours_tell_the_same_story()
    {
        RecipeResult result = RecipeRunner.Run(Recipe, new RecipeOptions { Data = new DatasetRequest { Offline = true } });
        Assert.False(result.Data.IsFallback);
        AssertStory(result);
    }

    [Fact]
    public void Training_takes_the_first_50_hours_and_the_test_the_next_50()
    {
        DatasetSplits data = StandIn.Value.Data;
        RecipeData arranged = Recipe.Arrange(data);
        Assert.Equal(50, arranged.Train.Count);
        double[] counts = data.Table!.Numbers("cnt")[..100].ToArray();
        double mean = counts[..50].Average();
        double deviation = Math.Sqrt(counts[..50].Average(count => (count - mean) * (count - mean)));
        Assert.Equal((counts[7] - mean) / deviation, arranged.Train.Y.Span[7], 1e-5);
        Assert.Equal((counts[57] - mean) / deviation, arranged.Test.Y.Span[7], 1e-5);
        Assert.Equal(-arranged.Train.X.Span[0], arranged.Train.X.Span[49], 1e-6);
        Assert.True(arranged.Test.X.Span[0] > arranged.Train.X.Span[49]);
        Assert.Equal(24.5, TableFeatures.Parse(arranged.InputNormalization!).InverseTransform("hour_number", 0), 6);
    }

    [Fact]
    public void The_model_says_how_numbers_become_inputs_and_outputs_counts()
    {
        RecipeResult result = RecipeRunner.Train(Recipe, StandIn.Value, new RecipeOptions { Epochs = 1 });
        Assert.Contains("hour_number", result.Metadata["input_normalization"], StringComparison.Ordinal);
        Assert.Equal(StandIn.Value.Data.Table!.Numbers("cnt")[..50].ToArray().Average(), result.Figures["target_mean"], 6);
    }

    [Fact]
    public void One_and_two_threads_give_the_same_weights_reported_or_not()
    {
        RecipeResult one = RecipeRunner.Train(Recipe, StandIn.Value, new RecipeOptions { Epochs = 3, Threads = 1, IsReported = true });
        RecipeResult two = RecipeRunner.Train(Recipe, StandIn.Value, new RecipeOptions { Epochs = 3, Threads = 2 });
        Assert.Equal(one.Model.CopyWeights(), two.Model.CopyWeights());
        Assert.Equal(one.Figures, two.Figures);
        Assert.Equal(4, one.Sections.Count);
        Assert.All(one.Sections, section => Assert.DoesNotContain("NaN", section.Text, StringComparison.Ordinal));
        Assert.Empty(two.Sections);
    }

    [Fact]
    public void Data_of_another_form_is_refused()
    {
        string message = Assert.Throws<DatasetException>(() => Recipe.Arrange(SyntheticPima.Load())).Message;
        Assert.Contains("expected a table of 100 hours or more with their counts 'cnt', got 'synthetic-pima'", message, StringComparison.Ordinal);
    }

    private static void AssertStory(RecipeResult result)
    {
        OrderedDictionary<string, double> figures = result.Figures;
        Assert.True(figures["saturated_raw_number"] > 0.5);
        Assert.True(figures["saturated_normalized_number"] < 0.1);
        Assert.True(figures["rmse_raw_number"] > 0.8 * figures["target_std"], "the raw number teaches hardly more than the mean");
        Assert.True(figures["rmse_normalized_number"] < 0.75 * figures["rmse_raw_number"]);
        Assert.True(figures["rmse_mended"] < figures["rmse_normalized_number"]);
        Assert.True(figures["rmse_mended"] < 0.2 * figures["target_std"]);
        Assert.True(figures["rmse_following_hours"] > 5 * figures["rmse_mended"]);
    }
}
