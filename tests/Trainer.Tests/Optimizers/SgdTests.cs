using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Optimizers;

public class SgdTests
{
    // w ← w − lr·g, lr = 0.1: 1 − 0.01, − 0.03, + 0.02 and so on.
    [Fact]
    public void Plain_steps_down_the_gradient() => OptimizerSteps.AssertFollows(
        new Sgd(0.1),
        [
            [0.990000000, -1.980000000, 0.460000000, 0.249990000],
            [0.960000000, -1.990000000, 0.510000000, 0.249970000],
            [0.980000000, -1.995000000, 0.509900000, 0.249980000],
        ]);

    // m ← 0.9·m − 0.1·g, w ← w + m: for the first parameter m = −0.01, −0.039, −0.0151.
    [Fact]
    public void Momentum_adds_the_velocity() => OptimizerSteps.AssertFollows(
        new Sgd(0.1, momentum: 0.9),
        [
            [0.990000000, -1.980000000, 0.460000000, 0.249990000],
            [0.951000000, -1.972000000, 0.474000000, 0.249961000],
            [0.935900000, -1.969800000, 0.486500000, 0.249944900],
        ]);

    // m as above, w ← w + 0.9·m − 0.1·g: 1 − 0.009 − 0.01, − 0.0351 − 0.03, − 0.01359 + 0.02.
    [Fact]
    public void Nesterov_looks_ahead() => OptimizerSteps.AssertFollows(
        new Sgd(0.1, momentum: 0.9, nesterov: true),
        [
            [0.981000000, -1.962000000, 0.424000000, 0.249981000],
            [0.915900000, -1.964800000, 0.486600000, 0.249934900],
            [0.922310000, -1.967820000, 0.497750000, 0.249930410],
        ]);

    [Fact]
    public void Defaults_are_those_of_Keras()
    {
        var optimizer = new Sgd();

        Assert.Equal((0.01, 0.0, false, 0), (optimizer.LearningRate, optimizer.Momentum, optimizer.Nesterov, optimizer.SlotCount));
        Assert.Equal(1, new Sgd(momentum: 0.9).SlotCount);
    }

    [Fact]
    public void A_momentum_above_one_is_refused_with_the_range()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(momentum: 1.5));

        Assert.StartsWith("Sgd: expected momentum to be 0 to 1, got 1.5.", exception.Message, StringComparison.Ordinal);
    }
}
