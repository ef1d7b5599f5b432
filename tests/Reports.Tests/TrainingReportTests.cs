using Toolkit.Numerics;
using Toolkit.Reports.Html;
using Toolkit.Reports.Tests.Training;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Recipes;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Tests;

public class TrainingReportTests
{
    [Fact]
    public void A_classifier_of_pictures_has_all_of_its_sections()
    {
        Report report = TrainingReport.Create(SmallRecipe.Pictures(new Conv2D(4, 3, activation: "relu"), new Flatten(), new Dense(3, "softmax")).Run());
        Assert.Equal(["Training", "Network", "Classes", "Mistakes", "First-layer filters", "Feature maps", "Own"], report.Sections.Select(section => section.Title));
        Assert.Equal("small", report.Title);
        Assert.NotEmpty(Page.Of(report).Figures);
    }

    [Fact]
    public void The_facts_are_the_result_in_words()
    {
        RecipeResult result = SmallRecipe.Pictures(new Flatten(), new Dense(3, "softmax")).Run();
        Dictionary<string, string> facts = TrainingReport.Create(result).Facts.ToDictionary(fact => fact.Name, fact => fact.Value);
        Assert.Equal(result.TestAccuracy!.Value.ToString("F4"), facts["Test accuracy"]);
        Assert.Equal(result.TestLoss.ToString("F4"), facts["Test loss"]);
        Assert.Equal("2", facts["Epochs"]);
        Assert.Equal("10", facts["Batch size"]);
        Assert.Equal("7", facts["Seed"]);
        Assert.Equal("111", facts["Parameters"]);
        Assert.Equal("12.5", facts["Own figure"]);
        Assert.Contains("0.5", facts["Published"], StringComparison.Ordinal);
    }

    [Fact]
    public void That_other_data_stands_in_is_said_at_the_top_and_the_published_figure_is_not_drawn()
    {
        RecipeResult result = SmallRecipe.Pictures(new Flatten(), new Dense(3, "softmax")).Run(notice: "Generated data was used.");
        Report report = TrainingReport.Create(result);
        Assert.Equal("Generated data was used.", report.Notice);
        Assert.All(Items<LinePlot>(report), plot => Assert.Empty(plot.YMarks));
        Assert.Contains("Generated data was used.", Page.Of(report).Root.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Curves_are_the_history_with_validation_beside_training()
    {
        RecipeResult result = SmallRecipe.Pictures(new Flatten(), new Dense(3, "softmax")).Run();
        LinePlot[] plots = Items<LinePlot>(TrainingReport.Create(result));
        Assert.Equal(["Loss", "Accuracy"], plots.Select(plot => plot.Title));
        Assert.Equal(["training", "validation", "training, published"], plots[0].Series.Select(series => series.Name));
        Assert.Equal([1, 2], plots[0].Series[0].X);
        Assert.Equal(result.History["loss"], plots[0].Series[0].Y);
        Assert.Equal(result.History["val_loss"], plots[0].Series[1].Y);
        Assert.Equal(0.5, Assert.Single(plots[1].YMarks).Position);
    }

    [Fact]
    public void The_confusion_matrix_counts_every_test_sample()
    {
        RecipeResult result = SmallRecipe.Pictures(new Flatten(), new Dense(3, "softmax")).Run();
        Heatmap matrix = Assert.Single(Items<Heatmap>(TrainingReport.Create(result)));
        Assert.Equal(["circle", "square", "triangle"], matrix.RowLabels);
        Assert.Equal(30, matrix.Values.ToArray().Sum());
        Assert.Equal(Math.Round(result.TestAccuracy!.Value * 30), matrix.Values[0, 0] + matrix.Values[1, 1] + matrix.Values[2, 2]);
    }

    [Fact]
    public void The_mistakes_are_those_that_the_matrix_counts_the_surest_first()
    {
        RecipeResult result = SmallRecipe.Pictures(new Flatten(), new Dense(3, "softmax")).Run();
        Report report = TrainingReport.Create(result);
        Heatmap matrix = Assert.Single(Items<Heatmap>(report));
        int mistakes = 30 - (int)(matrix.Values[0, 0] + matrix.Values[1, 1] + matrix.Values[2, 2]);
        Assert.True(mistakes > 0, "The network is meant to make mistakes.");
        ImageGrid grid = Items<ImageGrid>(report).Single(grid => grid.Title == "Misclassified samples");
        Assert.Equal(mistakes, grid.Images.Count);
        double[] probabilities = [.. grid.Images.Select(image => double.Parse(image.Label.Split('\n')[1].Split(" / ")[0]))];
        Assert.Equal(probabilities.OrderDescending(), probabilities);
        Assert.All(grid.Images, image => Assert.Matches(@"^(\w+) \u2192 (?!\1)\w+\n", image.Label));
    }

    [Fact]
    public void Weights_of_a_dense_layer_on_pictures_stand_in_the_pixels_places()
    {
        RecipeResult result = SmallRecipe.Pictures(new Flatten(), new Dense(3, "softmax")).Run();
        ImageGrid grid = Items<ImageGrid>(TrainingReport.Create(result)).Single(grid => grid.Title == "Weights by unit");
        Tensor<float> kernel = result.Model.GetWeights().First().Value;
        Assert.Equal(3, grid.Images.Count);
        Assert.Equal(new Shape(1, 6, 6), grid.Images[0].Pixels.Shape);
        Assert.Equal(kernel[(2 * 6) + 4, 1], grid.Images[1].Pixels[0, 2, 4]);
    }

    [Fact]
    public void Feature_maps_are_the_activations_of_the_convolutions()
    {
        RecipeResult result = SmallRecipe.Pictures(new Conv2D(4, 3, activation: "relu", name: "first"), new Flatten(), new Dense(3, "softmax")).Run();
        ImageGrid grid = Items<ImageGrid>(TrainingReport.Create(result)).Single(grid => grid.Title.StartsWith("first", StringComparison.Ordinal));
        Tensor<float> maps = result.Model.Activations(result.Samples.Test.Take(1).X, "first");
        Assert.Equal(4, grid.Images.Count);
        Assert.Equal(maps[0, 2, 1, 3], grid.Images[2].Pixels[0, 1, 3]);
    }

    [Fact]
    public void A_regression_has_its_predictions_and_residuals_in_the_data_s_own_unit()
    {
        RecipeResult result = SmallRecipe.Line().Run();
        Report report = TrainingReport.Create(result);
        Assert.Equal(["Training", "Network", "Predictions", "First-layer weights", "Own"], report.Sections.Select(section => section.Title));
        ScatterPlot scatter = Assert.Single(Items<ScatterPlot>(report));
        Tensor<float> predictions = result.Model.Predict(result.Samples.Test.X);
        Assert.Equal((result.Samples.Test.Y.Span[3] * 20.0) + 100, scatter.Classes[0].X[3], 1e-4);
        Assert.Equal((predictions.Span[3] * 20.0) + 100, scatter.Classes[0].Y[3], 1e-4);
        Histogram residuals = Assert.Single(Items<Histogram>(report));
        Assert.Equal(scatter.Classes[0].Y[5] - scatter.Classes[0].X[5], residuals.Values[5], 1e-9);
        double mean = residuals.Values.Average(Math.Abs);
        Assert.Contains($"off by {HtmlText.Number(mean)} on average", report.Sections[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_results_give_equal_pages()
    {
        RecipeResult result = SmallRecipe.Pictures(new Conv2D(4, 3, activation: "relu"), new Flatten(), new Dense(3, "softmax")).Run();
        Assert.Equal(HtmlReport.Render(TrainingReport.Create(result)), HtmlReport.Render(TrainingReport.Create(result)));
    }

    private static T[] Items<T>(Report report) => [.. report.Sections.SelectMany(section => section.Items).OfType<T>()];
}
