using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Tests.Callbacks;

namespace Toolkit.Trainer.Tests;

public class HistoryTests
{
    private readonly History _history = new();
    private readonly TrainingRun _run = FakeRun.New();

    public HistoryTests()
    {
        _history.OnTrainBegin(_run);
        _history.OnEpochEnd(_run, 0, FakeRun.Log(0, ("loss", 0.25768), ("accuracy", 0.9253)));
        _history.OnEpochEnd(_run, 1, FakeRun.Log(1, ("loss", 0.0005), ("accuracy", 0.9689), ("val_loss", 12.5)));
    }

    [Fact]
    public void A_figure_is_read_over_the_epochs_by_its_name()
    {
        Assert.Equal([0.25768, 0.0005], _history["loss"]);
        Assert.Equal([12.5], _history["val_loss"]);
        Assert.Equal(["loss", "accuracy", "val_loss"], _history.Names);
        Assert.Equal([0, 1], _history.Epochs.Select(log => log.Epoch));
    }

    [Fact]
    public void A_name_that_is_not_there_is_answered_with_those_that_are()
    {
        var exception = Assert.Throws<KeyNotFoundException>(() => _history["acc"]);

        Assert.Equal("History: expected one of loss, accuracy, val_loss, got 'acc'.", exception.Message);
    }

    [Fact]
    public void As_text_it_is_a_table() => Assert.Equal(
        "epoch  seconds        loss  accuracy  val_loss\n"
        + "    1      1.5      0.2577    0.9253         -\n"
        + "    2      1.5  5.0000e-04    0.9689   12.5000",
        _history.ToString());

    [Fact]
    public void A_second_training_starts_afresh()
    {
        _history.OnTrainBegin(_run);

        Assert.Empty(_history.Epochs);
        Assert.Throws<KeyNotFoundException>(() => _history["loss"]);
    }
}
