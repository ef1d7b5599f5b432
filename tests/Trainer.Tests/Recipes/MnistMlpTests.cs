using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Recipes;
using Toolkit.Trainer.Tests.Data;

namespace Toolkit.Trainer.Tests.Recipes;

public sealed class MnistMlpTests
{
    private static readonly Recipe Recipe = RecipeTable.Get("mnist-mlp");

    [Fact]
    public void The_network_is_the_books()
    {
        Model model = Recipe.Build(seed: 3);
        Assert.Equal((784 * 512) + 512 + (512 * 10) + 10, model.ParameterCount);
        Assert.Equal([Activation.Relu, Activation.Softmax], model.Layers.Cast<Dense>().Select(layer => layer.Activation));
        Assert.IsType<CategoricalCrossentropy>(model.Loss);
        Assert.Equal(3, model.Seed);
        RmsProp optimizer = Assert.IsType<RmsProp>(model.Optimizer);
        Assert.Equal((1e-3, 0.9, 1e-8, EpsilonPlacement.OutsideSqrt), (optimizer.LearningRate, optimizer.Rho, optimizer.Epsilon, optimizer.EpsilonPlacement));
        Assert.Equal((5, 128), (Recipe.Epochs, Recipe.BatchSize));
        Assert.Equal(Recipe.Epochs, Recipe.Published!.TrainLosses.Count);
    }

    [Fact]
    public void Images_become_rows_and_classes_one_hot()
    {
        DatasetSplits data = SyntheticDigits.Load(train: 10, test: 0);
        Dataset prepared = Recipe.Prepare(data.Train, data);
        Assert.Equal([10, 784], prepared.X.Shape);
        Assert.Equal([10, 10], prepared.Y.Shape);
    }

    [Fact]
    public void Data_of_another_form_is_refused()
    {
        var part = new Dataset(new Tensor<float>([2, 1, 8, 8]), new Tensor<float>([2]));
        var data = new DatasetSplits(() => part, () => part) { Name = "small", Source = "", Classes = ["a", "b"], InputNormalization = "" };
        string message = Assert.Throws<DatasetException>(() => Recipe.Prepare(part, data)).Message;
        Assert.Contains("[1,8,8] of 2 classes", message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Synthetic_digits_are_too_hard_for_a_linear_model_and_not_for_the_network()
    {
        DatasetSplits data = SyntheticDigits.Load();
        Dataset train = Recipe.Prepare(data.Train, data);
        Dataset test = Recipe.Prepare(data.Test, data);

        var linear = new Sequential(new Input(784), new Dense(10, "softmax"));
        linear.Compile(RmsProp.Keras2(), "categorical_crossentropy", ["accuracy"], seed: 42);
        linear.Fit(train, epochs: 15, batchSize: 128, verbose: 0);
        Assert.InRange(linear.Evaluate(test, 256).Accuracy, 0.85, 0.97);

        Model network = Recipe.Build(seed: 42);
        network.Fit(train, Recipe.Epochs, Recipe.BatchSize, verbose: 0);
        Assert.InRange(network.Evaluate(test, 256).Accuracy, 0.97, 1);
    }

    [DataFact("mnist")]
    [Trait("Category", "Long")]
    public void Real_MNIST_reaches_the_published_accuracy_and_losses()
    {
        RecipeResult result = RecipeRunner.Run(Recipe, new RecipeOptions { Data = new DatasetRequest { Offline = true } });
        Assert.False(result.Data.IsFallback);

        // One seed of the five that the published figures are judged by: the test set's accuracy scatters by 0.003.
        Assert.InRange(result.TestAccuracy!.Value, 0.974, 0.985);
        Assert.All(result.History["loss"].Zip(Recipe.Published!.TrainLosses), pair => Assert.InRange(pair.First / pair.Second, 0.9, 1.1));
    }
}
