using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Tests.Callbacks;

public sealed class ConsoleProgressTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    // The first step takes 500 ms and nine more 40 ms each; the validation takes 340 ms. Redraws come at the first step and then at
    // the first step that ends 100 ms or more after the last: 4 (620 ms), 7 (740 ms), 10 (860 ms), each over the line before.
    [Fact]
    public void On_a_terminal_the_bar_is_redrawn_in_place_ten_times_a_second()
    {
        PlayEpoch(new ConsoleProgress(1, _output, isTerminal: true, _clock) { UsesColors = false });

        Assert.Equal(
            "Epoch 1/5\n"
            + "\r 1/10 ━━────────────────── 4s 500ms/step - accuracy: 0.5000 - loss: 2.0000"
            + "\r 4/10 ━━━━━━━━──────────── 0s 40ms/step - accuracy: 0.5000 - loss: 0.5000 "
            + "\r 7/10 ━━━━━━━━━━━━━━────── 0s 40ms/step - accuracy: 0.5000 - loss: 0.2857"
            + "\r10/10 ━━━━━━━━━━━━━━━━━━━━ 0s 40ms/step - accuracy: 0.5000 - loss: 0.2000"
            + "\r10/10 ━━━━━━━━━━━━━━━━━━━━ 1s 40ms/step - accuracy: 0.9253 - loss: 0.2577 - val_accuracy: 0.9641 - val_loss: 1.0000e-03\n",
            _output.ToString());
    }

    [Fact]
    public void Colours_are_round_the_count_the_bar_and_the_time()
    {
        PlayEpoch(new ConsoleProgress(1, _output, isTerminal: true, _clock) { UsesColors = true });

        Assert.Contains(
            "\r\e[1m 4/10\e[0m \e[32m━━━━━━━━\e[0m\e[37m━━━━━━━━━━━━\e[0m \e[1m0s\e[0m 40ms/step - accuracy: 0.5000",
            _output.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Elsewhere_there_is_one_line_an_epoch()
    {
        PlayEpoch(new ConsoleProgress(1, _output, isTerminal: null, _clock));

        Assert.Equal("Epoch 1/5 - 1s 40ms/step - accuracy: 0.9253 - loss: 0.2577 - val_accuracy: 0.9641 - val_loss: 1.0000e-03\n", _output.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Level_2_is_a_line_without_a_bar(bool isTerminal)
    {
        PlayEpoch(new ConsoleProgress(2, _output, isTerminal, _clock));

        Assert.Equal(
            "Epoch 1/5\n10/10 - 1s - 40ms/step - accuracy: 0.9253 - loss: 0.2577 - val_accuracy: 0.9641 - val_loss: 1.0000e-03\n", _output.ToString());
    }

    [Fact]
    public void Level_0_says_nothing()
    {
        PlayEpoch(new ConsoleProgress(0, _output, isTerminal: true, _clock));

        Assert.Equal("", _output.ToString());
    }

    [Fact]
    public void Other_levels_are_refused() => Assert.Throws<ArgumentOutOfRangeException>("verbose", () => new ConsoleProgress(3, _output));

    [Fact]
    public void A_step_that_draws_nothing_allocates_nothing()
    {
        var progress = new ConsoleProgress(1, _output, isTerminal: true, _clock);
        TrainingRun run = FakeRun.New(metrics: new Accuracy());
        progress.OnTrainBegin(run);
        progress.OnEpochBegin(run, 0);
        progress.OnBatchEnd(run, 0);
        progress.OnBatchEnd(run, 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        progress.OnBatchEnd(run, 2);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(8.9, "8s")]
    [InlineData(60, "1:00")]
    [InlineData(65, "1:05")]
    [InlineData(3609, "1:00:09")]
    [InlineData(100_000, "27:46:40")]
    public void Times_to_go_are_written_by_size(double seconds, string expected) => Assert.Equal(expected, Figure.Remaining(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0s/step")]
    [InlineData(0.00025, "250us/step")]
    [InlineData(0.0041, "4ms/step")]
    [InlineData(2.2, "2s/step")]
    public void Times_of_a_step_are_written_by_size(double seconds, string expected) => Assert.Equal(expected, Figure.PerStep(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.25768, "0.2577")]
    [InlineData(-12.5, "-12.5000")]
    [InlineData(0.001, "1.0000e-03")]
    [InlineData(0, "0.0000e+00")]
    [InlineData(double.NaN, "NaN")]
    public void Figures_are_written_as_in_Keras(double value, string expected) => Assert.Equal(expected, Figure.Format(value));

    private void PlayEpoch(ConsoleProgress progress)
    {
        var accuracy = new Accuracy();
        accuracy.Update([0.9f, 0.9f], [1, 0], 2, 1, 1);
        TrainingRun run = FakeRun.New(epochs: 5, stepsPerEpoch: 10, accuracy);
        progress.OnTrainBegin(run);
        progress.OnEpochBegin(run, 0);
        for (int step = 0; step < 10; step++)
        {
            _clock.Advance(step == 0 ? 500 : 40);
            run.Loss = 2.0 / (step + 1);
            progress.OnBatchEnd(run, step);
        }

        _clock.Advance(340);
        progress.OnEpochEnd(run, 0, FakeRun.Log(0, ("loss", 0.25768), ("accuracy", 0.92529), ("val_loss", 0.001), ("val_accuracy", 0.9641)));
        progress.OnTrainEnd(run);
    }
}
