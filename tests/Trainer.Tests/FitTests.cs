using Toolkit.Numerics;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests;

public class FitTests
{
    private const int Samples = 53;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_number_of_threads_does_not_change_a_bit(int threads)
    {
        Assert.Equal(Trained(threads: 1).CopyWeights(), Trained(threads).CopyWeights());
    }

    [Fact]
    public void A_run_repeats_and_another_seed_gives_another()
    {
        float[] first = Trained(seed: 1).CopyWeights();

        Assert.Equal(first, Trained(seed: 1).CopyWeights());
        Assert.NotEqual(first, Trained(seed: 2).CopyWeights());
    }

    [Fact]
    public void Each_epoch_is_shuffled_anew_and_every_sample_is_seen_once()
    {
        var seen = new List<float[]>();
        var x = new Tensor<float>([10, 1]);
        Tensor<float> y = Tensor.From([10, 1], [.. Enumerable.Range(0, 10).Select(i => (float)i)]);
        var model = new Sequential(new Input(1), new Dense(1));
        model.Compile(new Sgd(0), "mse", [new Spy(seen)]);

        model.Fit(x, y, epochs: 3, batchSize: 4, verbose: 0);
        model.Fit(x, y, epochs: 1, batchSize: 4, shuffle: false, verbose: 0);

        Assert.Equal([4, 4, 2], seen.Take(3).Select(batch => batch.Length));
        float[][] epochs = [.. seen.Chunk(3).Select(batches => batches.SelectMany(batch => batch).ToArray())];
        Assert.Equal(4, epochs.Length);
        Assert.All(epochs, epoch => Assert.Equal(y.ToArray(), epoch.Order()));
        Assert.Equal(3, epochs[..3].Select(epoch => string.Join(',', epoch)).Distinct().Count());
        Assert.NotEqual(y.ToArray(), epochs[0]);
        Assert.Equal(y.ToArray(), epochs[3]);
    }

    [Fact]
    public void The_validation_split_takes_the_last_samples_before_shuffling()
    {
        (Tensor<float> x, Tensor<float> y) = Data();
        Sequential split = Model();
        Sequential given = Model();
        const int Trained = 42;

        History a = split.Fit(x, y, epochs: 2, batchSize: 8, validationSplit: 0.2, verbose: 0);
        History b = given.Fit(Rows(x, 0, Trained), Rows(y, 0, Trained), epochs: 2, batchSize: 8, validationData: new Dataset(Rows(x, Trained, Samples), Rows(y, Trained, Samples)), verbose: 0);

        Assert.Equal(["loss", "accuracy", "val_loss", "val_accuracy"], a.Names);
        Assert.All(a.Names, name => Assert.Equal(b[name], a[name]));
        Assert.Equal(split.CopyWeights(), given.CopyWeights());
        EvaluationResult result = split.Evaluate(Rows(x, Trained, Samples), Rows(y, Trained, Samples));
        Assert.Equal(result.Loss, a["val_loss"][^1], 1e-6);
        Assert.Equal(result.Accuracy, a["val_accuracy"][^1]);
    }

    [Fact]
    public void The_reported_loss_weighs_every_sample_alike()
    {
        Tensor<float> x = Tensor.From<float>([3, 1], 1, 1, 1);
        Tensor<float> y = Tensor.From<float>([3, 1], 1, 2, 6);
        var model = new Sequential(new Input(1), new Dense(1, kernelInitializer: "zeros"));
        model.Compile(new Sgd(0), "mse", ["mae"]);

        History history = model.Fit(x, y, batchSize: 2, verbose: 0);

        Assert.Equal(41 / 3.0, history["loss"][0], 1e-6);
        Assert.Equal(3.0, history["mae"][0], 1e-6);
        Assert.Equal(41 / 3.0, model.Evaluate(x, y, batchSize: 2).Loss, 1e-6);
    }

    [Fact]
    public void Callbacks_are_called_in_order()
    {
        var calls = new List<string>();
        (Tensor<float> x, Tensor<float> y) = Data();

        Model().Fit(x, y, epochs: 2, batchSize: 30, callbacks: [Logger("a"), Logger("b")], verbose: 0);

        string[] epoch(int number) => [$"begin {number}", "step 0", "step 1", $"end {number}"];
        string[] expected = ["train begin", .. epoch(0), .. epoch(1), "train end"];
        Assert.Equal(expected.SelectMany(call => new[] { $"a {call}", $"b {call}" }), calls);

        LambdaCallback Logger(string name) => new()
        {
            TrainBegin = _ => calls.Add($"{name} train begin"),
            EpochBegin = (run, number) => calls.Add($"{name} begin {number}"),
            BatchEnd = (run, step) => calls.Add($"{name} step {step}"),
            EpochEnd = (run, number, log) => calls.Add($"{name} end {number}"),
            TrainEnd = _ => calls.Add($"{name} train end"),
        };
    }

    [Fact]
    public void A_callback_sees_the_run()
    {
        (Tensor<float> x, Tensor<float> y) = Data();
        Sequential model = Model();
        TrainingRun? seen = null;
        double lastLoss = 0;

        History history = model.Fit(x, y, epochs: 3, batchSize: 20, callbacks: [new LambdaCallback { TrainBegin = run => seen = run, BatchEnd = (run, _) => lastLoss = run.Loss }], verbose: 0);

        Assert.NotNull(seen);
        Assert.Same(model, seen.Model);
        Assert.Same(model.Optimizer, seen.Optimizer);
        Assert.Equal((3, 3, Samples, 20), (seen.Epochs, seen.StepsPerEpoch, seen.Samples, seen.BatchSize));
        Assert.Equal(history["loss"][^1], lastLoss);
        Assert.Equal(2, seen.Epoch);
    }

    [Fact]
    public void A_stop_ends_after_the_current_step_and_still_closes_the_epoch()
    {
        (Tensor<float> x, Tensor<float> y) = Data();
        int steps = 0;
        bool ended = false;
        var stop = new LambdaCallback
        {
            BatchEnd = (run, step) =>
            {
                steps++;
                run.StopRequested = run.Epoch == 1 && step == 1;
            },
            TrainEnd = _ => ended = true,
        };

        Sequential model = Model();
        History history = model.Fit(x, y, epochs: 9, batchSize: 10, callbacks: [stop], verbose: 0);

        Assert.Equal(6 + 2, steps);
        Assert.Equal(2, history.Epochs.Count);
        Assert.True(ended);
        Assert.Equal(8, model.Optimizer.Iterations);
    }

    [Fact]
    public void Cancelling_ends_between_two_steps()
    {
        (Tensor<float> x, Tensor<float> y) = Data();
        using var source = new CancellationTokenSource();
        bool ended = false;
        var cancel = new LambdaCallback { BatchEnd = (_, step) => { if (step == 2) { source.Cancel(); } }, TrainEnd = _ => ended = true };
        Sequential model = Model();

        Assert.Throws<OperationCanceledException>(() => model.Fit(x, y, epochs: 9, batchSize: 10, callbacks: [cancel], verbose: 0, cancellationToken: source.Token));

        Assert.Equal(3, model.Optimizer.Iterations);
        Assert.True(ended);
    }

    [Fact]
    public void A_loss_that_is_not_a_number_stops_training_before_it_spoils_the_weights()
    {
        (Tensor<float> x, Tensor<float> y) = Data();
        x[25, 0] = float.NaN;
        Sequential model = Model();

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(() => model.Fit(x, y, epochs: 2, batchSize: 10, shuffle: false, verbose: 0));

        Assert.Equal((0, 2), (exception.Epoch, exception.Step));
        Assert.Contains("NaN in epoch 1, step 3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("learning rate", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(float.NaN, model.CopyWeights());
    }

    [Fact]
    public void A_learning_rate_that_is_far_too_great_diverges_with_a_message()
    {
        (Tensor<float> x, _) = Data();
        var model = new Sequential(new Input(6), new Dense(6), new Dense(6));
        model.Compile(new Sgd(1e9), "mse");

        Assert.Throws<TrainingDivergedException>(() => model.Fit(x, x, epochs: 50, verbose: 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_step_allocates_nothing(int threads)
    {
        (Tensor<float> x, Tensor<float> y) = Data();
        Sequential model = Model();
        model.Threads = threads;
        var marks = new long[200];
        int count = 0;
        var meter = new LambdaCallback { BatchEnd = (run, step) => marks[count++] = step == 0 ? -1 : GC.GetAllocatedBytesForCurrentThread() };

        model.Fit(x, y, epochs: 3, batchSize: 10, callbacks: [meter], verbose: 0);

        Assert.Equal(18, count);
        long[] allocated = [.. Enumerable.Range(7, 11).Where(i => marks[i] >= 0 && marks[i - 1] >= 0).Select(i => marks[i] - marks[i - 1])];
        Assert.Equal(8, allocated.Length);
        Assert.All(allocated, bytes => Assert.Equal(0, bytes));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        (Tensor<float> x, Tensor<float> y) = Data();

        AssertRefuses(model => model.Fit(x, y, epochs: 0, verbose: 0), "1 epoch or more, got 0");
        AssertRefuses(model => model.Fit(x, y, batchSize: 0, verbose: 0), "batch size of 1 or more, got 0");
        AssertRefuses(model => model.Fit(x, y, batchSize: 54, verbose: 0), "at most 53, the number of training samples, got 54");
        AssertRefuses(model => model.Fit(x, y, batchSize: 43, validationSplit: 0.2, verbose: 0), "at most 42");
        AssertRefuses(model => model.Fit(x, y, validationSplit: 1, verbose: 0), "validation split in [0, 1)");
        AssertRefuses(model => model.Fit(x, y, validationSplit: 0.999, verbose: 0), "leaves 0 of 53");
    }

    [Fact]
    public void Data_that_do_not_fit_are_refused()
    {
        (Tensor<float> x, Tensor<float> y) = Data();

        AssertRefuses(model => model.Fit(x, Rows(y, 0, 50), verbose: 0), "as many targets as samples, got x [53,6] and y [50]");
        AssertRefuses(model => model.Fit(new Tensor<float>([53, 5]), y, verbose: 0), "layer 'dense' expected input of shape [n,6], got [53,5]");
        AssertRefuses(model => model.Fit(new Tensor<float>([0, 6]), new Tensor<float>([0]), verbose: 0), "one sample or more");
        AssertRefuses(model => model.Fit(x, x, verbose: 0), "layer 'dense_1' expected targets of shape [n,1], got [53,6]");
        AssertRefuses(model => model.Fit(x, y, validationData: new Dataset(new Tensor<float>([2, 7]), new Tensor<float>([2])), verbose: 0), "validationData x: layer 'dense' expected input of shape [n,6], got [2,7]");
        AssertRefuses(model => model.Evaluate(x, Rows(y, 0, 50)), "as many targets");
    }

    private static void AssertRefuses(Action<Sequential> action, string expected)
    {
        Sequential model = Model();
        float[] before = model.CopyWeights();

        string message = Assert.ThrowsAny<ArgumentException>(() => action(model)).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.Equal(before, model.CopyWeights());
    }

    private static Sequential Trained(int threads = 1, int seed = 5)
    {
        (Tensor<float> x, Tensor<float> y) = Data();
        Sequential model = Model(seed);
        model.Threads = threads;
        model.Fit(x, y, epochs: 3, batchSize: 16, verbose: 0);
        return model;
    }

    private static Sequential Model(int seed = 5)
    {
        var model = new Sequential(new Input(6), new Dense(33, "relu"), new Dropout(0.25), new Dense(4, "softmax"));
        model.Compile("rmsprop", "sparse_categorical_crossentropy", ["accuracy"], seed: seed);
        return model;
    }

    private static (Tensor<float> X, Tensor<float> Y) Data()
    {
        var random = new CounterRandom(11, 0);
        var x = new Tensor<float>([Samples, 6]);
        random.FillNormal(x.Span);
        return (x, Tensor.From([Samples], [.. Enumerable.Range(0, Samples).Select(i => (float)((x[i, 0] > 0 ? 2 : 0) + (x[i, 1] > 0 ? 1 : 0)))]));
    }

    private static Tensor<float> Rows(Tensor<float> values, int first, int end)
    {
        int width = values.Shape.LengthOf(1..);
        return Tensor.From([end - first, .. values.Shape.Dimensions[1..]], (ReadOnlySpan<float>)values.Span[(first * width)..(end * width)]);
    }

    /// <summary>A metric that writes down the targets of every batch.</summary>
    private sealed class Spy(List<float[]> seen) : Toolkit.Trainer.Metrics.Metric
    {
        public override string Name => "spy";

        public override double Result => 0;

        public override void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns) => seen.Add(targets.ToArray());

        public override void Reset()
        {
        }

        public override Toolkit.Trainer.Metrics.Metric Fresh() => new Spy(seen);
    }
}
