using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Tests.Callbacks;

public class EarlyStoppingTests
{
    // The best at epoch 1, then two worse, a better one at 4, then worse to the end.
    [Theory]
    [InlineData(0, 2, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 3, 1)]
    [InlineData(3, 7, 4)]
    public void Training_ends_when_patience_does(int patience, int stoppedEpoch, int bestEpoch)
    {
        var stopping = new EarlyStopping(patience: patience);
        int epochs = FakeRun.Play(FakeRun.New(), stopping, "val_loss", 1, 0.5, 0.6, 0.7, 0.4, 0.41, 0.42, 0.43, 0.44);

        Assert.Equal(stoppedEpoch + 1, epochs);
        Assert.Equal(stoppedEpoch, stopping.StoppedEpoch);
        Assert.Equal(bestEpoch, stopping.BestEpoch);
    }

    [Fact]
    public void It_does_not_end_while_the_figure_gets_better()
    {
        var stopping = new EarlyStopping("loss");
        TrainingRun run = FakeRun.New();

        Assert.Equal(4, FakeRun.Play(run, stopping, "loss", 4, 3, 2, 1));
        Assert.False(run.StopRequested);
        Assert.Null(stopping.StoppedEpoch);
        Assert.Equal((1.0, 3), (stopping.Best, stopping.BestEpoch));
    }

    [Fact]
    public void Better_by_no_more_than_the_least_difference_does_not_count() =>
        Assert.Equal(2, FakeRun.Play(FakeRun.New(), new EarlyStopping(minDelta: 0.1), "val_loss", 1, 0.95, 0.5));

    [Theory]
    [InlineData(MonitorMode.Auto, "accuracy", 3)]
    [InlineData(MonitorMode.Auto, "val_accuracy", 3)]
    [InlineData(MonitorMode.Max, "my_figure", 3)]
    [InlineData(MonitorMode.Min, "val_accuracy", 2)]
    [InlineData(MonitorMode.Auto, "val_mae", 2)]
    public void The_direction_is_the_metrics_own_or_the_one_given(MonitorMode mode, string figure, int epochs)
    {
        TrainingRun run = FakeRun.New(metrics: [new Accuracy(), new MeanAbsoluteError("mae")]);

        Assert.Equal(epochs, FakeRun.Play(run, new EarlyStopping(figure, mode: mode), figure, 0.5, 0.6, 0.55, 0.4));
    }

    [Fact]
    public void The_weights_of_the_best_epoch_come_back()
    {
        TrainingRun run = FakeRun.New();
        FakeRun.Play(run, new EarlyStopping(patience: 2, restoreBestWeights: true), "val_loss", 1, 0.5, 0.6, 0.7);

        Assert.Equal([1f, -1f], ((FakeModel)run.Model).Weights);
    }

    [Fact]
    public void They_come_back_too_when_the_epochs_run_out()
    {
        TrainingRun run = FakeRun.New();
        FakeRun.Play(run, new EarlyStopping(patience: 9, restoreBestWeights: true), "val_loss", 0.5, 0.6);

        Assert.Equal([0f, 0f], ((FakeModel)run.Model).Weights);
    }

    [Fact]
    public void Without_being_asked_the_weights_stay()
    {
        TrainingRun run = FakeRun.New();
        FakeRun.Play(run, new EarlyStopping(), "val_loss", 0.5, 0.6);

        Assert.Equal([1f, -1f], ((FakeModel)run.Model).Weights);
    }

    [Fact]
    public void NaN_is_never_better_not_even_at_first()
    {
        var stopping = new EarlyStopping(patience: 2);

        Assert.Equal(4, FakeRun.Play(FakeRun.New(), stopping, "val_loss", double.NaN, 1, double.NaN, double.NaN, 0.5));
        Assert.Equal(1, stopping.BestEpoch);
    }

    [Fact]
    public void Above_the_baseline_better_is_not_enough() =>
        Assert.Equal(3, FakeRun.Play(FakeRun.New(), new EarlyStopping(patience: 2, baseline: 0.5), "val_loss", 0.9, 0.8, 0.85, 0.7));

    [Fact]
    public void Epochs_before_the_first_that_counts_do_not()
    {
        var stopping = new EarlyStopping(startFromEpoch: 3);

        Assert.Equal(5, FakeRun.Play(FakeRun.New(), stopping, "val_loss", 0.1, 0.2, 0.3, 0.9, 1.0));
        Assert.Equal(0.9, stopping.Best);
    }

    [Fact]
    public void A_second_training_starts_afresh()
    {
        var stopping = new EarlyStopping();
        FakeRun.Play(FakeRun.New(), stopping, "val_loss", 0.1, 0.2);

        Assert.Equal(3, FakeRun.Play(FakeRun.New(), stopping, "val_loss", 5, 4, 6));
        Assert.Equal(4.0, stopping.Best);
    }

    [Fact]
    public void A_figure_that_is_not_in_the_log_is_an_error_that_lists_those_that_are()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => FakeRun.Play(FakeRun.New(), new EarlyStopping(), "loss", 1));

        Assert.Equal(
            "EarlyStopping: expected a figure 'val_loss' in the epoch's log, got loss; monitor one of these, or give Fit validation data.", exception.Message);
    }

    [Fact]
    public void A_figure_whose_direction_is_not_known_needs_a_mode()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => FakeRun.Play(FakeRun.New(), new EarlyStopping("energy"), "energy", 1, 2));

        Assert.Contains("got 'energy'; say with mode", exception.Message, StringComparison.Ordinal);
    }
}
