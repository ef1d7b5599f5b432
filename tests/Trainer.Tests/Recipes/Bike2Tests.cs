using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Losses;
using Toolkit.Trainer.Recipes;
using Toolkit.Trainer.Reporting;
using Toolkit.Trainer.Tests.Data;

namespace Toolkit.Trainer.Tests.Recipes;

public sealed class Bike2Tests
{
    private static readonly Recipe Recipe = RecipeTable.Get("bike-2");

    private static readonly Lazy<DatasetResolution> StandIn = new(() => new DatasetResolution(SyntheticBike.Load(), null));

    /// <summary>Cell 19 of Udacity's notebook; its rule has no factor 2, and its rate is 0.5.</summary>
    [Fact]
    public void The_network_passes_the_unit_tests_of_Udacitys_notebook()
    {
        Model model = Bike2.CreateNetwork(inputs: 3, hidden: 2, learningRate: 0.5, seed: 42);
        model.SetWeights(new Dictionary<string, Tensor<float>>
        {
            ["hidden.kernel"] = Tensor.From<float>([3, 2], 0.1f, -0.2f, 0.4f, 0.5f, -0.3f, 0.2f),
            ["output.kernel"] = Tensor.From<float>([2, 1], 0.3f, -0.1f),
        });
        Tensor<float> input = Tensor.From<float>([1, 3], 0.5f, -0.2f, 0.1f);

        Assert.Equal(0.09998924, model.Predict(input).Span[0], 1e-7);
        model.Fit(input, Tensor.From<float>([1, 1], 0.4f), batchSize: 1, verbose: 0);

        OrderedDictionary<string, Tensor<float>> weights = model.GetWeights();
        AssertClose([0.37275328, -0.03172939], weights["output.kernel"]);
        AssertClose([0.10562014, -0.20185996, 0.39775194, 0.50074398, -0.29887597, 0.19962801], weights["hidden.kernel"]);
    }

    [Fact]
    public void The_network_has_56_inputs_and_no_biases()
    {
        Model model = Recipe.Build(seed: 3);
        Assert.Equal((56 * 20) + 20, model.ParameterCount);
        Assert.Equal(["hidden.kernel", "output.kernel"], model.GetWeights().Keys);
        Assert.IsType<MeanSquaredError>(model.Loss);
        Assert.Equal(3, model.Seed);
    }

    [Fact]
    public void The_stand_in_is_learned_to_the_pass_marks_and_its_holidays_fail()
    {
        RecipeResult result = RecipeRunner.Train(Recipe, StandIn.Value);
        Assert.True(result.Figures["train_mse"] < Recipe.Published!.Figures["train_mse_pass_mark"]);
        Assert.True(result.Figures["validation_mse"] < Recipe.Published.Figures["validation_mse_pass_mark"]);
        Assert.Equal(result.TestLoss, result.Figures["test_mse"]);
        Assert.Equal(StandIn.Value.Data.TargetStd, result.Figures["target_std"]);
        Assert.True(result.Figures["holiday_mae_bikes"] > result.Figures["test_mae_bikes"]);
        Assert.Empty(result.Sections);
    }

    [DataFact("bike-sharing")]
    public void The_real_hours_are_learned_to_the_pass_marks()
    {
        RecipeResult result = RecipeRunner.Run(Recipe, new RecipeOptions { Data = new DatasetRequest { Offline = true } });
        Assert.False(result.Data.IsFallback);
        Assert.InRange(result.Figures["train_mse"], 0.04, 0.09);
        Assert.InRange(result.Figures["validation_mse"], 0.1, 0.18);
    }

    [Fact]
    public void One_and_two_threads_give_the_same_weights_reported_or_not()
    {
        RecipeResult one = RecipeRunner.Train(Recipe, StandIn.Value, new RecipeOptions { Epochs = 2, Threads = 1, IsReported = true });
        RecipeResult two = RecipeRunner.Train(Recipe, StandIn.Value, new RecipeOptions { Epochs = 2, Threads = 2 });
        Assert.Equal(one.Model.CopyWeights(), two.Model.CopyWeights());
        Assert.Equal(one.Figures, two.Figures);
    }

    [Fact]
    public void The_pages_show_every_neuron_by_hour_by_feature_and_through_a_week()
    {
        RecipeResult result = RecipeRunner.Train(Recipe, StandIn.Value, new RecipeOptions { Epochs = 3, IsReported = true });
        Assert.Equal(
            ["Predictions for the test days", "Dissection: which neurons respond to the hour", "Dissection: working day, weather and temperature", "Dissection: weights", "Dissection: a week", "Why the holidays fail"],
            result.Sections.Select(section => section.Title));
        Assert.All(result.Sections, section => Assert.DoesNotContain("NaN", section.Text, StringComparison.Ordinal));
        Heatmap[] maps = [.. result.Sections.SelectMany(section => section.Items).OfType<Heatmap>()];
        Assert.All(maps, map => Assert.Equal(20, map.Values.Shape[0]));
        Assert.Equal([24, 24, 24, 6, 56], maps[..5].Select(map => map.Values.Shape[1]));
        Assert.InRange(maps[5].Values.Shape[1], 160, 7 * 24);
        Assert.Contains("hr_8", maps[4].ColumnLabels);

        // Each row is what a neuron adds less its mean over the day.
        Assert.All(maps[..2], map => Assert.InRange(Math.Abs(map.Values.ToArray().Sum()), 0, 0.1));
    }

    [Fact]
    public void Data_of_another_form_is_refused()
    {
        string message = Assert.Throws<DatasetException>(() => Recipe.Arrange(SyntheticPima.Load())).Message;
        Assert.Contains("expected the hours of bike-sharing with 56 inputs", message, StringComparison.Ordinal);
        Assert.Contains("'synthetic-pima'", message, StringComparison.Ordinal);
    }

    private static void AssertClose(double[] expected, Tensor<float> actual) =>
        Assert.All(expected.Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
}
