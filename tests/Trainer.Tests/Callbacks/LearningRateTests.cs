using Toolkit.Trainer.Callbacks;

namespace Toolkit.Trainer.Tests.Callbacks;

public class LearningRateTests
{
    [Fact]
    public void A_plateau_multiplies_the_rate_by_the_factor()
    {
        // From 0.1: the two epochs after the best reduce once, the next two again.
        Assert.Equal([0.1, 0.1, 0.1, 0.05, 0.05, 0.025], Rates(new ReduceLearningRateOnPlateau(factor: 0.5, patience: 2), 1, 1, 1, 1, 1, 1));
    }

    [Fact]
    public void A_better_figure_starts_the_wait_again() =>
        Assert.Equal([0.1, 0.1, 0.1, 0.1, 0.1, 0.05], Rates(new ReduceLearningRateOnPlateau(factor: 0.5, patience: 2), 1, 1, 0.5, 0.5, 0.5, 0.5));

    // Keras's least difference is 1e-4.
    [Fact]
    public void Better_by_less_than_the_least_difference_is_no_better() =>
        Assert.Equal([0.1, 0.1, 0.05], Rates(new ReduceLearningRateOnPlateau(factor: 0.5, patience: 1), 1, 0.99995, 0.99992));

    [Fact]
    public void Epochs_of_the_cooldown_do_not_count() =>
        Assert.Equal([0.1, 0.1, 0.05, 0.05, 0.025], Rates(new ReduceLearningRateOnPlateau(factor: 0.5, patience: 1, cooldown: 2), 1, 1, 1, 1, 1));

    [Fact]
    public void The_rate_does_not_go_below_the_minimum() =>
        Assert.Equal([0.1, 0.1, 0.03, 0.03], Rates(new ReduceLearningRateOnPlateau(patience: 1, minimum: 0.03), 1, 1, 1, 1));

    [Fact]
    public void A_factor_that_reduces_nothing_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => new ReduceLearningRateOnPlateau(factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => new ReduceLearningRateOnPlateau(factor: double.NaN));
    }

    [Fact]
    public void A_schedule_sets_the_rate_from_the_epoch_and_the_last_rate() =>
        Assert.Equal([0.1, 0.05, 0.25], Rates(new LearningRateScheduler((epoch, rate) => epoch == 2 ? 0.25 : epoch == 0 ? rate : rate / 2), 1, 1, 1));

    [Fact]
    public void A_lambda_callback_calls_what_it_was_given()
    {
        var calls = new List<string>();
        var callback = new LambdaCallback
        {
            TrainBegin = _ => calls.Add("begin"),
            EpochBegin = (_, epoch) => calls.Add($"epoch {epoch}"),
            BatchEnd = (_, step) => calls.Add($"step {step}"),
            EpochEnd = (_, epoch, log) => calls.Add($"end of {epoch} at {log.Values["loss"]}"),
            TrainEnd = _ => calls.Add("end"),
        };
        TrainingRun run = FakeRun.New();
        FakeRun.Play(run, callback, "loss", 7);
        callback.OnBatchEnd(run, 3);
        FakeRun.Play(run, new LambdaCallback(), "loss", 7);

        Assert.Equal(["begin", "epoch 0", "end of 0 at 7", "end", "step 3"], calls);
    }

    // The rate that each epoch was trained with, as the callback wrote it into the log.
    private static double[] Rates(Callback callback, params double[] losses)
    {
        TrainingRun run = FakeRun.New();
        var rates = new List<double>();
        callback.OnTrainBegin(run);
        for (int epoch = 0; epoch < losses.Length; epoch++)
        {
            callback.OnEpochBegin(run, epoch);
            EpochLog log = FakeRun.Log(epoch, ("val_loss", losses[epoch]));
            callback.OnEpochEnd(run, epoch, log);
            rates.Add(log.Values["learning_rate"]);
        }

        return [.. rates];
    }
}
