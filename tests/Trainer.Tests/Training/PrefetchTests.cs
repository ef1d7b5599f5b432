using Toolkit.Numerics;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Recipes;
using Toolkit.Trainer.Tests.Checkpoints;
using Toolkit.Trainer.Tests.Data;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer.Tests.Training;

public sealed class PrefetchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Recipes => new(RandomBatches.Recipes.Select(recipe => recipe.Name));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Preparing_batches_ahead_changes_no_bit_of_any_recipe(string name)
    {
        Recipe recipe = RecipeTable.Get(name);

        // A last batch of fewer samples; the second call goes on with the inputs that the first left exchanged.
        float[] Train(bool prefetch)
        {
            Model model = recipe.Build(3);
            TrainingData data = RandomBatches.Of(model, 29);
            var losses = new List<double>();
            for (int call = 0; call < 2; call++)
            {
                losses.AddRange(model.Fit(data, RandomBatches.Options(recipe, 2, 4, prefetch))["loss"]);
            }

            return [.. losses.Select(loss => (float)loss), .. model.CopyWeights()];
        }

        Assert.Equal(Train(prefetch: false), Train(prefetch: true));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Samples_in_order_several_inputs_and_weights_are_prepared_ahead_too(int threads)
    {
        float[] Train(bool prefetch)
        {
            Node a = new Input(3);
            Node b = new Input(2);
            Node joined = new Concatenate().Apply(new Dense(4, "tanh").Apply(a), b);
            var model = new Model([a, b], [new Dense(1).Apply(joined), new Dense(2).Apply(joined), new Flatten().Apply(b)]) { Threads = threads };
            model.Compile("adam", ["mse", "mae", "mse"], [1, 0.5, 0], [["mae"], [], []]);
            Tensor<float>[] tensors = [.. new[] { 3, 2, 1, 2, 2 }.Select((width, i) => Uniform(23, width, i))];
            var data = new TrainingData(tensors[..2], tensors[2..], Uniform(23, 1, 9));
            History history = model.Fit(data, new FitOptions { Epochs = 3, BatchSize = 5, Shuffle = false, Verbose = 0, Prefetch = prefetch });
            return [.. history.Names.SelectMany(key => history[key]).Select(value => (float)value), .. model.CopyWeights()];
        }

        Assert.Equal(Train(prefetch: false), Train(prefetch: true));
    }

    [Fact]
    public void A_run_that_is_cancelled_or_crashes_goes_on_as_if_it_had_never_stopped()
    {
        TinyResult whole = new TinyTraining(_folder.Folder("whole")) { IsCheckpointed = false }.Run();
        for (int stop = 0; stop < 12; stop++)
        {
            string cancelled = _folder.Folder($"cancelled-{stop}");
            string crashed = _folder.Folder($"crashed-{stop}");
            using var source = new CancellationTokenSource();
            int count = 0;
            var canceller = new LambdaCallback { BatchEnd = (_, _) => { if (count++ == stop) { source.Cancel(); } } };
            int steps = 0;
            var bomb = new LambdaCallback { BatchEnd = (_, _) => { if (steps++ == stop) { throw new IOException("boom"); } } };

            // The last step of all may end the run before the token is looked at.
            Record.Exception(() => new TinyTraining(cancelled) { Prefetch = true, More = [canceller] }.Run(source.Token));
            Assert.Throws<IOException>(() => new TinyTraining(crashed) { Prefetch = true, EverySteps = 2, More = [bomb] }.Run());

            whole.MustEqual(new TinyTraining(cancelled) { Prefetch = true, Resume = true }.Run());
            whole.MustEqual(new TinyTraining(crashed) { Prefetch = true, EverySteps = 2, Resume = true }.Run());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_transform_throws_comes_out_of_Fit_at_the_step_that_needs_the_sample(bool prefetch)
    {
        Sequential model = Picture();
        int steps = 0;
        var options = new FitOptions
        {
            BatchSize = 4,
            Shuffle = false,
            Verbose = 0,
            Prefetch = prefetch,
            Augmentation = new Fuse(sample: 14),
            Callbacks = [new LambdaCallback { BatchEnd = (_, _) => steps++ }],
        };

        Assert.Equal("sample 14", Assert.Throws<InvalidDataException>(() => model.Fit(Pictures(), options)).Message);
        Assert.Equal(3, steps);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_transform_that_throws_after_the_last_step_is_not_heard_and_not_running(bool prefetch)
    {
        Sequential model = Picture();
        var fuse = new Fuse(sample: 14);
        var options = new FitOptions
        {
            BatchSize = 4,
            Shuffle = false,
            Verbose = 0,
            Prefetch = prefetch,
            Augmentation = fuse,
            Callbacks = [new LambdaCallback { BatchEnd = (run, step) => run.StopRequested = step == 2 }],
        };

        model.Fit(Pictures(), options);

        int seen = fuse.Count;
        Thread.Sleep(20);
        Assert.Equal(seen, fuse.Count);
        Assert.InRange(seen, 12, prefetch ? 15 : 12);
    }

    [Fact]
    public void Small_batches_are_never_prepared_ahead_and_slow_ones_are_where_a_processor_is_idle()
    {
        Assert.False(Feeds(new TrainingData(Uniform(300, 56, 1), Uniform(300, 1, 2)), WorkerPool.Serial, null).Prefetches);
        bool isIdle = Environment.ProcessorCount > 1;
        Assert.Equal(isIdle, Feeds(Pictures(), WorkerPool.Serial, new Slow()).Prefetches);
        using var all = new WorkerPool(Environment.ProcessorCount);
        Assert.False(Feeds(Pictures(), all, new Slow()).Prefetches);
    }

    private static BatchFeeder Feeds(TrainingData data, WorkerPool workers, SampleTransform? transform)
    {
        const int Rows = 4;
        var model = new Sequential(new Input([.. data.Inputs[0].Shape.Dimensions[1..]]), new Flatten(), new Dense(1));
        model.Compile("sgd", "mse");
        _ = model.Arena;
        var program = new ProgramCache(model).Train(Rows, model.State!.Heads, isWeighted: false);
        using var feeder = new BatchFeeder(new BatchSource(data, 0, data.Count, shuffles: true, workers, transform), Rows, workers, prefetches: null);
        feeder.BeginEpoch(1, 0);
        for (int start = 0; start + Rows <= 24; start += Rows)
        {
            feeder.Fill(program, start, Rows);
        }

        return feeder;
    }

    private static Sequential Picture()
    {
        var model = new Sequential(new Input(1, 3, 3), new Flatten(), new Dense(1));
        model.Compile("sgd", "mse");
        return model;
    }

    private static TrainingData Pictures()
    {
        var x = new Tensor<float>([24, 1, 3, 3]);
        for (int i = 0; i < x.Length; i++)
        {
            x.Span[i] = i / 9;
        }

        return new TrainingData(x, new Tensor<float>([24, 1]));
    }

    private static Tensor<float> Uniform(int rows, int width, int stream)
    {
        var values = new Tensor<float>([rows, width]);
        new CounterRandom(4, (ulong)stream).FillUniform(values.Span);
        return values;
    }

    /// <summary>Throws at one sample, which its first value names; passes the others on.</summary>
    private sealed class Fuse(int sample) : SampleTransform
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override void Apply(ReadOnlySpan<float> source, Span<float> destination, Shape shape, CounterRandom random)
        {
            Interlocked.Increment(ref _count);
            if (source[0] == sample)
            {
                throw new InvalidDataException($"sample {sample}");
            }

            for (int i = 0; i < source.Length; i++)
            {
                destination[i] = source[i] / 24;
            }
        }
    }

    /// <summary>Takes its time.</summary>
    private sealed class Slow : SampleTransform
    {
        public override void Apply(ReadOnlySpan<float> source, Span<float> destination, Shape sample, CounterRandom random)
        {
            Thread.SpinWait(2000);
            source.CopyTo(destination);
        }
    }
}
