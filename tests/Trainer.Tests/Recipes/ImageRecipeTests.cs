using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Recipes;
using Toolkit.Trainer.Tests.Data;

namespace Toolkit.Trainer.Tests.Recipes;

public sealed class ImageRecipeTests
{
    [Theory]
    [InlineData("mnist-cnn", 93_322)]
    [InlineData("lenet5", 61_706)]
    [InlineData("shapes-cnn", 14_179)]
    public void The_networks_have_the_published_sizes(string name, int parameters) =>
        Assert.Equal(parameters, RecipeTable.Get(name).Build(seed: 1).ParameterCount);

    [Fact]
    public void The_small_residual_network_has_branches_and_separable_layers()
    {
        Model model = RecipeTable.Get("residual-mini").Build(seed: 1);

        Assert.Equal(4, model.Layers.OfType<Add>().Count());
        Assert.Equal(4, model.Layers.OfType<SeparableConv2D>().Count());
        Assert.Contains(model.Layers, layer => layer is BatchNormalization);
    }

    [Theory]
    [InlineData("residual-mini")]
    [InlineData("lenet5")]
    public void One_and_two_threads_give_the_same_weights(string name)
    {
        Recipe recipe = RecipeTable.Get(name);
        DatasetSplits data = SyntheticDigits.Load(train: 150, test: 10);

        Assert.Equal(Weights(1), Weights(2));

        float[] Weights(int threads)
        {
            Model model = recipe.Build(seed: 5);
            model.Threads = threads;
            RecipeData arranged = recipe.Arrange(data);
            model.Fit(arranged.Train, recipe.Configure(new FitOptions { Epochs = 2, BatchSize = 64, Verbose = 0 }));
            return model.CopyWeights();
        }
    }

    [Fact]
    public void Pictures_of_another_form_are_refused()
    {
        var part = new Dataset(new Tensor<float>([2, 1, 8, 8]), new Tensor<float>([2]));
        var data = new DatasetSplits(() => part, () => part) { Name = "small", Source = "", Classes = ["a", "b"], InputNormalization = "" };

        Assert.Contains("[1,8,8] of 2 classes", Assert.Throws<DatasetException>(() => RecipeTable.Get("mnist-cnn").Arrange(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Drawn_shapes_are_told_apart()
    {
        RecipeResult result = RecipeRunner.Run(RecipeTable.Get("shapes-cnn"), new RecipeOptions { Data = new DatasetRequest { Offline = true } });

        Assert.InRange(result.TestAccuracy!.Value, 0.98, 1);
    }

    // One seed each; the figures of three are in the README.
    [DataFact("mnist")]
    [Trait("Category", "Long")]
    public void Three_convolutions_read_real_digits_as_well_as_published() => AssertReads("mnist-cnn", 0.991);

    [DataFact("mnist")]
    [Trait("Category", "Long")]
    public void LeNet_5_reads_real_digits_as_well_as_published() => AssertReads("lenet5", 0.990);

    private static void AssertReads(string name, double accuracy)
    {
        RecipeResult result = RecipeRunner.Run(RecipeTable.Get(name), new RecipeOptions { Data = new DatasetRequest { Offline = true } });

        Assert.False(result.Data.IsFallback);
        Assert.InRange(result.TestAccuracy!.Value, accuracy, 1);
    }
}
