using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Metrics;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Recipes;
using Toolkit.Trainer.Tests.Data;

namespace Toolkit.Trainer.Tests.Recipes;

public sealed class RecipeRunnerTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void The_result_holds_the_figures_of_training_and_test()
    {
        RecipeResult result = Train(Options with { Epochs = 2 });
        Assert.Equal(2, result.Epochs);
        Assert.Equal((784 * 10) + 10, result.Parameters);
        Assert.Equal(result.History["loss"][1], result.TrainLoss);
        Assert.Equal(result.Model.Evaluate(result.Samples.Test, 256).Loss, result.TestLoss);
        Assert.InRange(result.TestAccuracy!.Value, 0.4, 1);
        Assert.Equal(100, result.Samples.Test.Count);
        Assert.True(result.TrainSeconds > 0);
        Assert.Equal(2 * 600 / result.TrainSeconds, result.SamplesPerSecond, 6);
    }

    [Fact]
    public void The_metadata_is_what_an_exported_model_says_about_itself()
    {
        RecipeResult result = Train(Options with { Seed = 9 });
        OrderedDictionary<string, string> metadata = result.Metadata;
        Assert.Equal("0,1,2,3,4,5,6,7,8,9", metadata["classes"]);
        Assert.Equal("uint8 / 255", metadata["input_normalization"]);
        Assert.Equal("small", metadata["recipe"]);
        Assert.Equal("synthetic-digits", metadata["dataset"]);
        Assert.Equal("9", metadata["seed"]);
        Assert.Equal(result.TestAccuracy!.Value, double.Parse(metadata["test_accuracy"], System.Globalization.CultureInfo.InvariantCulture), 6);
        Assert.Matches("^[0-9]+[.][0-9]+[.][0-9]+", metadata["tool_version"]);
    }

    [Fact]
    public void A_data_set_that_stands_in_is_told_before_training()
    {
        var events = new List<string>();
        RecipeResult result = RecipeRunner.Run(new Small(), Options with
        {
            OnReady = (resolution, model) => events.Add($"{resolution.Data.Name} {resolution.IsFallback} {model.Layers.Count}"),
            Callbacks = [new LambdaCallback { TrainBegin = _ => events.Add("training") }],
        });
        Assert.Equal(["synthetic-digits True 1", "training"], events);
        Assert.Contains("mnist", result.Data.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_whatever_the_threads_and_another_seed_others()
    {
        float[] first = Train(Options with { Threads = 1 }).Model.CopyWeights();
        Assert.Equal(first, Train(Options with { Threads = 2 }).Model.CopyWeights());
        Assert.NotEqual(first, Train(Options with { Seed = 43 }).Model.CopyWeights());
    }

    [Fact]
    public void A_data_set_that_is_asked_for_by_name_has_no_stand_in()
    {
        Assert.True(Assert.Throws<DatasetException>(() => RecipeRunner.Run(new Small(), Options with { DatasetName = "pima" })).IsUnavailable);
        Assert.Throws<DatasetException>(() => RecipeRunner.Run(new Small(), Options with { DatasetName = "mnits" }));
    }

    [Theory]
    [InlineData(0, null, "epochs of 1 or more, got 0")]
    [InlineData(-2, null, "epochs of 1 or more, got -2")]
    [InlineData(null, 0, "a batch size of 1 or more, got 0")]
    [InlineData(null, 601, "at most 600, the samples of 'synthetic-digits', got 601")]
    public void Numbers_out_of_range_are_refused(int? epochs, int? batchSize, string expected)
    {
        string message = Assert.Throws<ArgumentException>(() => Train(Options with { Epochs = epochs, BatchSize = batchSize })).Message;
        Assert.StartsWith("Recipe 'small': expected ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_training()
    {
        using var cancel = new CancellationTokenSource();
        RecipeOptions options = Options with { Callbacks = [new LambdaCallback { BatchEnd = (_, step) => CancelAt(step) }] };
        Assert.ThrowsAny<OperationCanceledException>(() => Train(options, cancel.Token));

        void CancelAt(int step)
        {
            Assert.InRange(step, 0, 3);
            if (step == 3)
            {
                cancel.Cancel();
            }
        }
    }

    private static RecipeResult Train(RecipeOptions options, CancellationToken cancellationToken = default) =>
        RecipeRunner.Train(new Small(), new DatasetResolution(SyntheticDigits.Load(train: 600, test: 100), null), options, cancellationToken);

    private RecipeOptions Options => new() { Epochs = 1, Data = TinyMnist.Request(_root) };

    /// <summary>A linear model, quick to train.</summary>
    private sealed class Small : Recipe
    {
        public override string Name => "small";

        public override string Chapter => "Tests";

        public override string Description => "A linear model.";

        public override string Network => "784-10 softmax";

        public override string DatasetName => "mnist";

        public override string? FallbackDataset => "synthetic-digits";

        public override int Epochs => 1;

        public override int BatchSize => 20;

        public override IReadOnlyList<string> Metrics => ["accuracy"];

        public override Model Build(int seed)
        {
            var model = new Sequential(new Input(784), new Dense(10, "softmax"));
            model.Compile(new Adam(), "categorical_crossentropy", [new Accuracy()], seed);
            return model;
        }

        public override Dataset Prepare(Dataset part, DatasetSplits data) => part.Flat().OneHot(10);
    }
}
