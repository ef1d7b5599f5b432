using Toolkit.Trainer.Data;
using Toolkit.Trainer.Recipes;

namespace Toolkit.Trainer.Tests.Recipes;

public sealed class ThreeLayerTests
{
    [Fact]
    public void The_forward_pass_gives_the_published_numbers_and_the_float64_outputs()
    {
        RecipeResult result = RecipeRunner.Run(RecipeTable.Get("three-layer"), new RecipeOptions { Data = new DatasetRequest { Offline = true } });

        Assert.Equal(0.31682708, result.Figures["output_1"], 1e-7);
        Assert.Equal(0.69627909, result.Figures["output_2"], 1e-7);
        Assert.InRange(result.Test["mean_absolute_error"], 0, 1e-6);
        Assert.True(double.IsNaN(result.TrainLoss));
        Assert.True(result.Figures["distinct_outputs_step"] < 20);
        Assert.True(result.Figures["distinct_outputs_sigmoid"] > 1000);
        Assert.Equal(4, result.Sections.Count);
    }

    [Fact]
    public void Epochs_are_refused_where_nothing_is_trained()
    {
        string message = Assert.Throws<ArgumentException>(() => RecipeRunner.Run(RecipeTable.Get("three-layer"), new RecipeOptions { Epochs = 3 })).Message;

        Assert.Contains("expected no number of epochs, got 3", message, StringComparison.Ordinal);
    }
}
