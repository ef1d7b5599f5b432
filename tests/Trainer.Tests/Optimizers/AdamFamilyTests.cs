using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Optimizers;

public class AdamFamilyTests
{
    public static TheoryData<string> Kinds => [.. Pairs.Keys];

    private static Dictionary<string, (Func<Optimizer> Make, ScalarOptimizers.Rule Rule)> Pairs { get; } = new()
    {
        ["adam amsgrad"] = (() => new Adam(0.01, amsgrad: true), ScalarOptimizers.Adam(0.01, amsgrad: true)),
        ["adam amsgrad with a short memory"] = (() => new Adam(0.01, 0.5, 0.5, 1e-4, amsgrad: true), ScalarOptimizers.Adam(0.01, 0.5, 0.5, 1e-4, amsgrad: true)),
        ["adamw"] = (() => new AdamW(0.01), ScalarOptimizers.AdamW(0.01, 0.004)),
        ["adamw with a great decay"] = (() => new AdamW(0.01, 2, 0.8, 0.99, 1e-4), ScalarOptimizers.AdamW(0.01, 2, 0.8, 0.99, 1e-4)),
        ["adam with a decay of its own"] = (() => new Adam(0.01) { WeightDecay = 0.5 }, ScalarOptimizers.AdamW(0.01, 0.5)),
        ["adamax"] = (() => new Adamax(0.01), ScalarOptimizers.Adamax(0.01)),
        ["adamax with other settings"] = (() => new Adamax(0.01, 0.8, 0.5, 1e-4), ScalarOptimizers.Adamax(0.01, 0.8, 0.5, 1e-4)),
        ["nadam"] = (() => new Nadam(0.01), ScalarOptimizers.Nadam(0.01)),
        ["nadam with other settings"] = (() => new Nadam(0.01, 0.8, 0.99, 1e-4), ScalarOptimizers.Nadam(0.01, 0.8, 0.99, 1e-4)),
        ["rmsprop centered"] = (() => new RmsProp(0.01, epsilon: 1e-5, centered: true), ScalarOptimizers.CenteredRmsProp(0.01, epsilon: 1e-5)),
        ["rmsprop centered momentum"] = (() => new RmsProp(0.01, momentum: 0.5, epsilon: 1e-5, centered: true), ScalarOptimizers.CenteredRmsProp(0.01, 0.5, epsilon: 1e-5)),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Follows_the_rule(string kind) =>
        OptimizerSteps.AssertFollows(Pairs[kind].Make(), ScalarOptimizers.Run(Pairs[kind].Rule, OptimizerSteps.Start, OptimizerSteps.Gradients));

    // The reference itself, held against the numbers that stand in AdamTests.
    [Fact]
    public void The_reference_agrees_with_the_figures_for_Adam()
    {
        double[][] steps = ScalarOptimizers.Run(ScalarOptimizers.Adam(0.01), OptimizerSteps.Start, OptimizerSteps.Gradients);

        double[] expected = [0.978243581, -1.986722945, 0.492875328, 0.226641997];
        Assert.All(expected.Zip(steps[2]), pair => Assert.Equal(pair.First, pair.Second, 2e-9));
    }

    // Keras's defaults.
    [Fact]
    public void Defaults_are_those_of_Keras_3()
    {
        var adamw = new AdamW();
        var adamax = new Adamax();
        var nadam = new Nadam();

        Assert.Equal((1e-3, 0.004, 0.9, 0.999, 1e-7, false), (adamw.LearningRate, adamw.WeightDecay, adamw.Beta1, adamw.Beta2, adamw.Epsilon, adamw.AmsGrad));
        Assert.Equal((1e-3, 0.9, 0.999, 1e-7), (adamax.LearningRate, adamax.Beta1, adamax.Beta2, adamax.Epsilon));
        Assert.Equal((1e-3, 0.9, 0.999, 1e-7), (nadam.LearningRate, nadam.Beta1, nadam.Beta2, nadam.Epsilon));
    }

    // A constant gradient of 10 has no variance, and rounding makes v - a² negative: the step is lr·g / √ε then, not NaN.
    [Fact]
    public void A_variance_below_zero_counts_as_zero()
    {
        var arena = new ParameterArena([new Parameter("w", [64], new Ones())]);
        var optimizer = new RmsProp(centered: true);
        for (int step = 0; step < 400; step++)
        {
            for (int i = 0; i < 64; i++)
            {
                arena.Gradients[i] = 10f + (i / 7f);
            }

            optimizer.Step(arena);
        }

        Assert.All(arena.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_beta_outside_its_range_is_refused(double beta)
    {
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => new Adamax(beta1: beta));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new Adamax(beta2: beta));
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => new Nadam(beta1: beta));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new Nadam(beta2: beta));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(weightDecay: -1));
    }
}
