using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Recipes;
using Toolkit.Trainer.Reporting;
using Toolkit.Trainer.Tests.Data;

namespace Toolkit.Trainer.Tests.Recipes;

public sealed class PimaMlpTests
{
    private static readonly Recipe Recipe = RecipeTable.Get("pima-mlp");

    private static readonly Lazy<DatasetResolution> StandIn = new(() => new DatasetResolution(SyntheticPima.Load(), null));

    [Fact]
    public void The_network_is_12_8_1()
    {
        Model model = Recipe.Build(seed: 3);
        Assert.Equal((8 * 12) + 12 + (12 * 8) + 8 + 8 + 1, model.ParameterCount);
        Assert.Equal([Activation.Relu, Activation.Relu, Activation.Sigmoid], model.Layers.Cast<Dense>().Select(layer => layer.Activation));
    }

    [Fact]
    public void The_stand_in_is_learned_better_than_by_its_majority()
    {
        RecipeResult result = RecipeRunner.Train(Recipe, StandIn.Value);
        Assert.True(result.Figures["cross_validated_accuracy"] > result.Figures["majority_accuracy"] + 0.05);
        Assert.InRange(result.Figures["cross_validated_auc"], 0.75, 1);
        Assert.Empty(result.Sections);
    }

    [DataFact("tabular")]
    public void The_real_women_are_classified_as_well_as_published()
    {
        double[] accuracies = [.. ((int[])[42, 1, 2]).Select(seed =>
        {
            RecipeResult result = RecipeRunner.Run(Recipe, new RecipeOptions { Seed = seed, Data = new DatasetRequest { Offline = true } });
            Assert.False(result.Data.IsFallback);
            Assert.Equal(500.0 / 768, result.Figures["majority_accuracy"], 10);
            return result.Figures["cross_validated_accuracy"];
        }).Order()];
        Assert.InRange(accuracies[1], Recipe.Published!.TestFigure!.Value, 0.8);
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
    public void The_pages_count_every_row_once_and_the_curve_goes_from_corner_to_corner()
    {
        RecipeResult result = RecipeRunner.Train(Recipe, StandIn.Value, new RecipeOptions { Epochs = 5, IsReported = true });
        Assert.Equal(["Cross-validation", "ROC curve", "Calibration", "What the measurements weigh"], result.Sections.Select(section => section.Title));
        Heatmap confusion = Assert.Single(result.Sections[0].Items.OfType<Heatmap>());
        float[] counts = confusion.Values.ToArray();
        Assert.Equal(768, counts.Sum());
        Assert.Equal(result.Figures["cross_validated_accuracy"], (counts[0] + counts[3]) / 768.0, 6);
        PlotSeries curve = Assert.Single(result.Sections[1].Items.OfType<LinePlot>()).Series[0];
        Assert.Equal((0.0, 0.0, 1.0, 1.0), (curve.X[0], curve.Y[0], curve.X[^1], curve.Y[^1]));
        double area = Enumerable.Range(1, curve.X.Count - 1).Sum(i => (curve.X[i] - curve.X[i - 1]) * (curve.Y[i] + curve.Y[i - 1]) / 2);
        Assert.Equal(result.Figures["cross_validated_auc"], area, 9);
        Assert.All(result.Sections, section => Assert.DoesNotContain("NaN", section.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Data_of_another_form_is_refused()
    {
        string message = Assert.Throws<DatasetException>(() => Recipe.Arrange(SyntheticBike.Load())).Message;
        Assert.Contains("expected 8 measurements of two classes, got 'synthetic-bike'", message, StringComparison.Ordinal);
    }
}
