using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Checkpoints;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Metrics;
using Toolkit.Trainer.Tests.Data;

namespace Toolkit.Trainer.Tests.Checkpoints;

public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("adam")]
    [InlineData("nadam")]
    [InlineData("rmsprop")]
    [InlineData("adagrad")]
    [InlineData("sgd")]
    [InlineData("adamax")]
    [InlineData("lbfgs")]
    public void A_run_cancelled_after_any_step_ends_as_if_it_had_never_stopped(string optimizer)
    {
        TinyResult whole = new TinyTraining(_folder.Folder("whole"), optimizer) { IsCheckpointed = false }.Run();
        int steps = 3 * new TinyTraining(_folder.Path).StepsPerEpoch;
        for (int stop = 0; stop < steps; stop++)
        {
            string folder = _folder.Folder($"stop-{stop}");

            Interrupt(folder, optimizer, stop);
            var again = new TinyTraining(folder, optimizer) { Resume = true, Threads = 2 };
            TinyResult result = again.Run();

            whole.MustEqual(result);
            Assert.NotNull(again.Checkpoint!.ResumedFrom);
        }
    }

    [Fact]
    public void A_network_with_convolutions_and_running_statistics_goes_on_too()
    {
        TinyResult whole = new TinyTraining(_folder.Folder("whole")) { IsCheckpointed = false, Network = ConvolutionNetwork.Make }.Run();
        for (int stop = 1; stop < 12; stop += 2)
        {
            string folder = _folder.Folder($"stop-{stop}");

            Interrupt(folder, "adam", stop, ConvolutionNetwork.Make);

            whole.MustEqual(new TinyTraining(folder) { Resume = true, Threads = 2, Network = ConvolutionNetwork.Make }.Run());
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_number_of_threads_trains_convolutions_statistics_and_dropout_to_the_same_bits(int threads) =>
        new TinyTraining(_folder.Folder("one")) { Network = ConvolutionNetwork.Make }.Run()
            .MustEqual(new TinyTraining(_folder.Folder("more")) { Network = ConvolutionNetwork.Make, Threads = threads }.Run());

    [Fact]
    public void A_run_that_crashes_after_any_step_ends_as_if_it_had_never_stopped()
    {
        TinyResult whole = new TinyTraining(_folder.Folder("whole")) { IsCheckpointed = false }.Run();
        for (int crash = 0; crash < 12; crash++)
        {
            string folder = _folder.Folder($"crash-{crash}");
            int count = 0;
            var bomb = new LambdaCallback { BatchEnd = (_, _) => { if (count++ == crash) { throw new IOException("boom"); } } };

            Assert.Throws<IOException>(() => new TinyTraining(folder) { EverySteps = 3, More = [bomb] }.Run());
            TinyResult result = new TinyTraining(folder) { Resume = true, EverySteps = 3 }.Run();

            whole.MustEqual(result);
        }
    }

    [Fact]
    public void A_run_can_be_interrupted_again_and_again()
    {
        TinyResult whole = new TinyTraining(_folder.Folder("whole")) { IsCheckpointed = false }.Run();
        string folder = _folder.Folder("often");
        for (int i = 0; i < 12; i++)
        {
            using var source = new CancellationTokenSource();
            var cancel = new LambdaCallback { BatchEnd = (_, _) => source.Cancel() };
            try
            {
                new TinyTraining(folder) { Resume = true, More = [cancel], Threads = 1 + (i % 2) }.Run(source.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.True(i < 11);
            }
        }

        whole.MustEqual(new TinyTraining(folder) { Resume = true }.Run());
    }

    [Fact]
    public void Checkpoints_change_nothing()
    {
        TinyResult without = new TinyTraining(_folder.Folder("a")) { IsCheckpointed = false }.Run();

        without.MustEqual(new TinyTraining(_folder.Folder("b")) { EverySteps = 1 }.Run());
    }

    [Fact]
    public void A_finished_run_returns_at_once_with_its_history_and_weights()
    {
        TinyResult first = new TinyTraining(_folder.Path).Run();
        int steps = 0;
        var counter = new LambdaCallback { BatchEnd = (_, _) => steps++ };

        TinyResult second = new TinyTraining(_folder.Path) { Resume = true, More = [counter] }.Run();

        first.MustEqual(second);
        Assert.Equal(0, steps);
    }

    [Fact]
    public void A_run_that_early_stopping_ended_stays_ended()
    {
        TinyTraining Make(bool resume) => new(_folder.Path) { Epochs = 60, Rate = 0, Resume = resume };
        TinyTraining stopped = Make(resume: false);
        TinyResult first = stopped.Run();
        Assert.True(stopped.Stopping.StoppedEpoch is < 59, "the case needs a training that early stopping ends");

        TinyTraining resumed = Make(resume: true);
        first.MustEqual(resumed.Run());
        Assert.Equal(stopped.Stopping.StoppedEpoch, resumed.Stopping.StoppedEpoch);
        Assert.Equal(stopped.Stopping.Best, resumed.Stopping.Best);
    }

    [Fact]
    public void A_finished_run_can_be_made_longer()
    {
        TinyResult whole = new TinyTraining(_folder.Folder("whole")) { Epochs = 5, IsCheckpointed = false }.Run();
        string folder = _folder.Folder("longer");

        new TinyTraining(folder) { Epochs = 2 }.Run();
        TinyResult longer = new TinyTraining(folder) { Epochs = 5, Resume = true }.Run();

        whole.MustEqual(longer);
    }

    [Fact]
    public void The_same_model_object_goes_on_too()
    {
        TinyResult whole = new TinyTraining(_folder.Folder("whole")) { IsCheckpointed = false }.Run();
        var model = new Sequential(new Input(6), new Dense(9, "relu"), new Dropout(0.25), new Dense(4, "softmax"));
        model.Compile("adam", "sparse_categorical_crossentropy", ["accuracy", "precision", "confusion_matrix"], seed: 5);
        string folder = _folder.Folder("same");
        using var source = new CancellationTokenSource();
        var cancel = new LambdaCallback { BatchEnd = (run, step) => { if (run.Epoch == 1 && step == 1) { source.Cancel(); } } };

        Assert.Throws<OperationCanceledException>(() => new TinyTraining(folder) { More = [cancel] }.Run(model, source.Token));
        TinyResult result = new TinyTraining(folder) { Resume = true }.Run(model);

        whole.MustEqual(result);
    }

    [Fact]
    public void Without_a_checkpoint_training_starts_afresh_and_says_so()
    {
        var training = new TinyTraining(_folder.Path) { Resume = true };

        training.Run();

        Assert.Null(training.Checkpoint!.ResumedFrom);
        Assert.Contains("No checkpoint in", Assert.Single(training.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_run_says_where_it_goes_on()
    {
        Interrupt(_folder.Path, "adam", 6);
        var training = new TinyTraining(_folder.Path) { Resume = true };

        training.Run();

        Assert.Equal(new CheckpointPosition(1, 2, IsInsideEpoch: true), training.Checkpoint!.ResumedFrom);
        Assert.EndsWith("epoch 2 of 3, step 2 of 4.", Assert.Single(training.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_two_files_are_kept_and_remains_are_removed()
    {
        var training = new TinyTraining(_folder.Path) { EverySteps = 1 };
        Directory.CreateDirectory(training.Checkpoints);
        File.WriteAllText(Path.Combine(training.Checkpoints, "checkpoint-000001.safetensors.abc.tmp"), "half");

        training.Run();

        string[] files = [.. Directory.GetFiles(training.Checkpoints).Select(path => Path.GetFileName(path)).Order()];
        Assert.Equal(["checkpoint-000014.safetensors", "checkpoint-000015.safetensors"], files);
    }

    [Fact]
    public void A_damaged_newest_file_is_passed_over_for_the_one_before()
    {
        TinyResult whole = new TinyTraining(_folder.Folder("whole")) { IsCheckpointed = false }.Run();
        string folder = _folder.Folder("damaged");
        var first = new TinyTraining(folder) { EverySteps = 1 };
        first.Run();
        byte[] bytes = File.ReadAllBytes(first.Checkpoint!.LastFile!);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(first.Checkpoint.LastFile!, bytes);

        var again = new TinyTraining(folder) { Resume = true };
        whole.MustEqual(again.Run());

        Assert.Contains(again.Notes, note => note.Contains("checksum", StringComparison.Ordinal));
        Assert.Equal(new CheckpointPosition(2, 4, IsInsideEpoch: true), again.Checkpoint!.ResumedFrom);
    }

    [Fact]
    public void Every_truncation_is_noticed()
    {
        var first = new TinyTraining(_folder.Path) { Epochs = 1 };
        first.Run();
        string path = first.Checkpoint!.LastFile!;
        byte[] bytes = File.ReadAllBytes(path);
        for (int length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 40))
        {
            File.WriteAllBytes(path, bytes[..length]);

            string message = Assert.Throws<CheckpointException>(() => new TinyTraining(_folder.Path) { Resume = true }.Run()).Message;
            Assert.Contains(Path.GetFileName(path), message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        }
    }

    [Fact]
    public void Another_version_is_refused()
    {
        var first = new TinyTraining(_folder.Path) { Epochs = 1 };
        first.Run();
        Rewrite(first.Checkpoint!.LastFile!, "\"version\":\"1\"", "\"version\":\"9\"");

        AssertRefused(new TinyTraining(_folder.Path) { Resume = true }, "expected version 1, got 9");
    }

    [Fact]
    public void Another_training_is_refused_and_the_difference_named()
    {
        new TinyTraining(_folder.Path) { Epochs = 1 }.Run();
        Sequential Wider() => new(new Input(6), new Dense(10, "relu"), new Dropout(0.25), new Dense(4, "softmax"));
        Sequential Tanh() => new(new Input(6), new Dense(9, "tanh"), new Dropout(0.25), new Dense(4, "softmax"));

        AssertRefused(new TinyTraining(_folder.Path) { Resume = true, Network = Wider }, "layer 'dense'", "[n,10]", "[n,9]");
        AssertRefused(new TinyTraining(_folder.Path) { Resume = true, Network = Tanh }, "tanh", "relu");
        AssertRefused(new TinyTraining(_folder.Path) { Resume = true, Rate = 0.5 }, "Rate 0.5", "Rate 0.25");
        AssertRefused(new TinyTraining(_folder.Path, "sgd") { Resume = true }, "expected optimizer = Sgd", "got optimizer = Adam");
        AssertRefused(new TinyTraining(_folder.Path) { Resume = true, Seed = 6 }, "expected seed = 6, got seed = 5");
        AssertRefused(new TinyTraining(_folder.Path) { Resume = true, BatchSize = 9 }, "expected batch size = 9, got batch size = 8");
        AssertRefused(new TinyTraining(_folder.Path) { Resume = true, More = [new EarlyStopping("loss")] }, "EarlyStopping_1");
    }

    [Fact]
    public void Fewer_epochs_than_are_done_are_refused()
    {
        new TinyTraining(_folder.Path) { Epochs = 3 }.Run();

        AssertRefused(new TinyTraining(_folder.Path) { Resume = true, Epochs = 2 }, "at most 2 epochs");
    }

    [Fact]
    public void A_folder_that_cannot_be_is_refused_before_training()
    {
        File.WriteAllText(_folder["checkpoints"], "a file");

        AssertRefused(new TinyTraining(_folder.Path), "checkpoints", "Choose another folder");
    }

    [Fact]
    public void A_metric_that_cannot_be_saved_is_refused_before_training()
    {
        var model = new Sequential(new Input(6), new Dense(4, "softmax"));
        model.Compile("adam", "sparse_categorical_crossentropy", [new Forgetful()]);

        string message = Assert.Throws<NotSupportedException>(() => new TinyTraining(_folder.Path).Run(model)).Message;

        Assert.Contains("override SaveState and RestoreState", message, StringComparison.Ordinal);
        Assert.Equal(0, model.Optimizer.Iterations);
    }

    private static void Interrupt(string folder, string optimizer, int steps, Func<Sequential>? network = null)
    {
        using var source = new CancellationTokenSource();
        int count = 0;
        var cancel = new LambdaCallback
        {
            TrainBegin = _ => { if (steps == 0) { source.Cancel(); } },
            BatchEnd = (_, _) => { if (++count == steps) { source.Cancel(); } },
        };
        Assert.Throws<OperationCanceledException>(() => new TinyTraining(folder, optimizer) { More = [cancel], Network = network }.Run(source.Token));
    }

    private static void AssertRefused(TinyTraining training, params string[] parts)
    {
        string message = Assert.Throws<CheckpointException>(() => training.Run()).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', message);
    }

    /// <summary>Changes a text of a file for one of the same length, and its checksum with it.</summary>
    private static void Rewrite(string path, string from, string to)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(from));
        Assert.True(at > 0);
        System.Text.Encoding.UTF8.GetBytes(to).CopyTo(bytes, at);
        uint crc = uint.MaxValue;
        foreach (byte value in bytes[..^4])
        {
            crc = System.Numerics.BitOperations.Crc32C(crc, value);
        }

        BitConverter.GetBytes(~crc).CopyTo(bytes, bytes.Length - 4);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>A metric that does not say what it remembers.</summary>
    private sealed class Forgetful : Metric
    {
        public override string Name => "forgetful";

        public override double Result => 0;

        public override void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns)
        {
        }

        public override void Reset()
        {
        }

        public override Metric Fresh() => new Forgetful();
    }
}
