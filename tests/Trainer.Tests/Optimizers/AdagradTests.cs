using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Optimizers;

public class AdagradTests
{
    // a ← a + g² from 0.01, w ← w − 0.1·g / √(a + 0.001): the first is 1 − 0.01 / √0.021.
    [Fact]
    public void Epsilon_inside_the_root() => OptimizerSteps.AssertFollows(
        new Adagrad(0.1, initialAccumulator: 0.01, epsilon: 1e-3),
        [
            [0.930993444, -1.911438511, 0.403269833, 0.249904654],
            [0.840948410, -1.951927328, 0.480329825, 0.249713962],
            [0.892416912, -1.971769223, 0.480175705, 0.249809308],
        ]);

    // a as above, w ← w − 0.1·g / (√a + 0.001): the first is 1 − 0.01 / (√0.02 + 0.001).
    [Fact]
    public void Epsilon_outside_the_root() => OptimizerSteps.AssertFollows(
        new Adagrad(0.1, initialAccumulator: 0.01, epsilon: 1e-3, EpsilonPlacement.OutsideSqrt),
        [
            [0.929785811, -1.910955500, 0.403220475, 0.249900990],
            [0.839604315, -1.951614340, 0.480253286, 0.249702971],
            [0.891111103, -1.971534659, 0.480099220, 0.249801980],
        ]);

    // a from 0, w ← w − 0.01·g / (√a + 1e-8): the first step is the learning rate whatever the gradient.
    [Fact]
    public void Keras2_starts_from_nothing() => OptimizerSteps.AssertFollows(
        Adagrad.Keras2(),
        [
            [0.990000001, -1.990000001, 0.490000000, 0.240001000],
            [0.980513168, -1.994472136, 0.497808688, 0.231057128],
            [0.985858393, -1.996654315, 0.497793071, 0.235139444],
        ]);

    [Fact]
    public void Defaults_are_those_of_Keras_3()
    {
        var optimizer = new Adagrad();

        Assert.Equal((1e-3, 1e-7, EpsilonPlacement.InsideSqrt, 1), (optimizer.LearningRate, optimizer.Epsilon, optimizer.EpsilonPlacement, optimizer.SlotCount));
        Assert.Equal(0.1f, optimizer.InitialSlotValue(0));
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("initialAccumulator", () => new Adagrad(initialAccumulator: -1));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => new Adagrad(epsilon: double.NaN));
    }
}
