using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Tests.Schedules;

public class ScheduleTests
{
    // 0.1·0.5^(step/10).
    [Theory]
    [InlineData(0, 0.1, 0.1)]
    [InlineData(5, 0.070710678118654752, 0.1)]
    [InlineData(10, 0.05, 0.05)]
    [InlineData(25, 0.017677669529663688, 0.025)]
    public void Exponential_decay(long step, double smooth, double stairs)
    {
        Assert.Equal(smooth, new ExponentialDecay(0.1, 10, 0.5).At(step), 1e-15);
        Assert.Equal(stairs, new ExponentialDecay(0.1, 10, 0.5, staircase: true).At(step), 1e-15);
    }

    // 0.1 / (1 + 0.5·step/10).
    [Theory]
    [InlineData(0, 0.1, 0.1)]
    [InlineData(5, 0.08, 0.1)]
    [InlineData(10, 0.1 / 1.5, 0.1 / 1.5)]
    [InlineData(39, 0.1 / 2.95, 0.1 / 2.5)]
    public void Inverse_time_decay(long step, double smooth, double stairs)
    {
        Assert.Equal(smooth, new InverseTimeDecay(0.1, 10, 0.5).At(step), 1e-15);
        Assert.Equal(stairs, new InverseTimeDecay(0.1, 10, 0.5, staircase: true).At(step), 1e-15);
    }

    // A boundary's step still has the rate before it, as in Keras.
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(100, 0.1)]
    [InlineData(101, 0.05)]
    [InlineData(200, 0.05)]
    [InlineData(201, 0.01)]
    [InlineData(100_000, 0.01)]
    public void Piecewise_constant_decay(long step, double expected) => Assert.Equal(expected, new PiecewiseConstantDecay([100, 200], [0.1, 0.05, 0.01]).At(step));

    // 0.09·(1 - step/100)^p + 0.01; cycling, step 150 is three quarters of 200, step 201 two thirds and a little of 300.
    [Theory]
    [InlineData(0, 1, false, 0.1)]
    [InlineData(50, 1, false, 0.055)]
    [InlineData(50, 2, false, 0.0325)]
    [InlineData(50, 0.5, false, 0.073639610306789277)]
    [InlineData(100, 1, false, 0.01)]
    [InlineData(500, 1, false, 0.01)]
    [InlineData(0, 1, true, 0.1)]
    [InlineData(100, 1, true, 0.01)]
    [InlineData(150, 1, true, 0.0325)]
    [InlineData(201, 1, true, (0.09 * 0.33) + 0.01)]
    public void Polynomial_decay(long step, double power, bool cycle, double expected) =>
        Assert.Equal(expected, new PolynomialDecay(0.1, 100, 0.01, power, cycle).At(step), 1e-15);

    // 0.1·(0.9·(1 + cos(π·step/100))/2 + 0.1).
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(25, 0.1 * ((0.9 * 0.85355339059327373) + 0.1))]
    [InlineData(50, 0.055)]
    [InlineData(100, 0.01)]
    [InlineData(1000, 0.01)]
    public void Cosine_decay(long step, double expected) => Assert.Equal(expected, new CosineDecay(0.1, 100, alpha: 0.1).At(step), 1e-15);

    // From 0.01 up to 0.1 over 10 steps, then a cosine from 0.1 over 100.
    [Theory]
    [InlineData(0, 0.01)]
    [InlineData(5, 0.055)]
    [InlineData(9, 0.091)]
    [InlineData(10, 0.1)]
    [InlineData(60, 0.05)]
    [InlineData(110, 0)]
    [InlineData(500, 0)]
    public void Cosine_decay_with_a_warm_up(long step, double expected) => Assert.Equal(expected, new CosineDecay(0.01, 100, warmupTarget: 0.1, warmupSteps: 10).At(step), 1e-15);

    // Parts of 100, 200 and 400 steps that start at 0.1, 0.05 and 0.025.
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(50, 0.05)]
    [InlineData(100, 0.05)]
    [InlineData(200, 0.025)]
    [InlineData(300, 0.025)]
    [InlineData(500, 0.0125)]
    [InlineData(700, 0.0125)]
    public void Cosine_decay_restarts(long step, double expected) => Assert.Equal(expected, new CosineDecayRestarts(0.1, 100, 2, 0.5).At(step), 1e-15);

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(100, 0.1)]
    [InlineData(150, 0.055)]
    [InlineData(1_000_000_000_050, 0.055)]
    public void Cosine_decay_restarts_of_equal_length(long step, double expected) =>
        Assert.Equal(expected, new CosineDecayRestarts(0.1, 100, timeMultiplier: 1, alpha: 0.1).At(step), 1e-15);

    // Up from 1/25 over steps 0 to 29, down to 1/250,000 at step 99.
    [Theory]
    [InlineData(0, 0.04)]
    [InlineData(29, 1)]
    [InlineData(64, (1 + 4e-6) / 2)]
    [InlineData(99, 4e-6)]
    [InlineData(1000, 4e-6)]
    public void One_cycle(long step, double expected)
    {
        var schedule = new OneCycle(1, 100);

        Assert.Equal(expected, schedule.At(step), 1e-12);
        Assert.True(schedule.At(10) < schedule.At(11) && schedule.At(50) > schedule.At(51));
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("initialLearningRate", () => new ExponentialDecay(-1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("decaySteps", () => new InverseTimeDecay(1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("power", () => new PolynomialDecay(1, 1, power: 0));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => new CosineDecay(1, 1, alpha: 1.1));
        Assert.Throws<ArgumentOutOfRangeException>("warmupSteps", () => new CosineDecay(1, 1, warmupTarget: 1, warmupSteps: -1));
        Assert.Throws<ArgumentOutOfRangeException>("timeMultiplier", () => new CosineDecayRestarts(1, 1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("climbShare", () => new OneCycle(1, 10, 1));
        Assert.Contains("expected 2 values for 1 boundaries, got 1", Assert.Throws<ArgumentException>(() => new PiecewiseConstantDecay([1], [1])).Message, StringComparison.Ordinal);
        Assert.Contains("got 3 after 3", Assert.Throws<ArgumentException>(() => new PiecewiseConstantDecay([3, 3], [1, 1, 1])).Message, StringComparison.Ordinal);
    }
}
