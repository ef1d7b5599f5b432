using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Optimizers;

public class RmsPropTests
{
    // v ← 0.9·v + 0.1·g², w ← w − 0.01·g / √(v + 1e-7): the first is 1 − 0.001 / √0.0010001.
    [Fact]
    public void Epsilon_inside_the_root() => OptimizerSteps.AssertFollows(
        new RmsProp(0.01),
        [
            [0.968378804, -1.968377619, 0.468377322, 0.246853416],
            [0.938227822, -1.983121654, 0.493566926, 0.240678341],
            [0.955829951, -1.990667932, 0.493513822, 0.243758400],
        ]);

    // w ← w − 0.01·g / (√v + 1e-7): ten times as far for the last parameter, whose g is 1e-4.
    [Fact]
    public void Epsilon_outside_the_root() => OptimizerSteps.AssertFollows(
        new RmsProp(0.01, epsilonPlacement: EpsilonPlacement.OutsideSqrt),
        [
            [0.968377323, -1.968377273, 0.468377248, 0.218476908],
            [0.938226219, -1.983121447, 0.493566872, 0.189946238],
            [0.955828401, -1.990667800, 0.493513767, 0.203523472],
        ]);

    // w ← w − 0.01·g / (√v + 1e-4).
    [Fact]
    public void A_great_epsilon_outside_the_root() => OptimizerSteps.AssertFollows(
        new RmsProp(0.01, epsilon: 1e-4, epsilonPlacement: EpsilonPlacement.OutsideSqrt),
        [
            [0.968476908, -1.968427144, 0.468402204, 0.242402531],
            [0.938356046, -1.983149633, 0.493579156, 0.230637825],
            [0.955942765, -1.990684625, 0.493526080, 0.236399763],
        ]);

    // m ← 0.5·m + 0.01·g / √(v + 1e-7), w ← w − m.
    [Fact]
    public void Momentum_with_epsilon_inside_the_root() => OptimizerSteps.AssertFollows(
        new RmsProp(0.01, momentum: 0.5),
        [
            [0.968378804, -1.968377619, 0.468377322, 0.246853416],
            [0.922417224, -1.967310463, 0.477755587, 0.239105049],
            [0.917038563, -1.974323164, 0.482391616, 0.238310925],
        ]);

    // m ← 0.5·m + 0.01·g / (√v + 1e-4), w ← w − m.
    [Fact]
    public void Momentum_with_epsilon_outside_the_root() => OptimizerSteps.AssertFollows(
        new RmsProp(0.01, momentum: 0.5, epsilon: 1e-4, epsilonPlacement: EpsilonPlacement.OutsideSqrt),
        [
            [0.968476908, -1.968427144, 0.468402204, 0.242402531],
            [0.922594500, -1.967363205, 0.477780258, 0.226839090],
            [0.917240015, -1.974366227, 0.482416208, 0.224819308],
        ]);

    // w ← w − 0.001·g / (√v + 1e-8).
    [Fact]
    public void Keras2_has_its_epsilon_outside() => OptimizerSteps.AssertFollows(
        RmsProp.Keras2(),
        [
            [0.996837723, -1.996837723, 0.496837723, 0.246838722],
            [0.993822610, -1.998312142, 0.499356686, 0.243981987],
            [0.995582830, -1.999066778, 0.499351376, 0.245341372],
        ]);

    [Fact]
    public void Defaults_are_those_of_Keras_3()
    {
        var optimizer = new RmsProp();

        Assert.Equal(
            (1e-3, 0.9, 0.0, 1e-7, EpsilonPlacement.InsideSqrt),
            (optimizer.LearningRate, optimizer.Rho, optimizer.Momentum, optimizer.Epsilon, optimizer.EpsilonPlacement));
        Assert.Equal((1, 2), (optimizer.SlotCount, new RmsProp(momentum: 0.1).SlotCount));
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("rho", () => new RmsProp(rho: 1.1));
        Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new RmsProp(momentum: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => new RmsProp(epsilon: -1e-7));
    }
}
