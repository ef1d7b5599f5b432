using Toolkit.Numerics;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Optimizers;

public class AdamTests
{
    // m ← 0.9·m + 0.1·g, v ← 0.999·v + 0.001·g², w ← w − 0.01·√(1 − 0.999ᵗ) / (1 − 0.9ᵗ)·m / (√v + 1e-7).
    // In the first step α·m = 0.01·√0.001·g, so that w moves by 0.01 but for the epsilon.
    [Fact]
    public void Follows_the_rule_with_the_default_betas() => OptimizerSteps.AssertFollows(
        new Adam(0.01),
        [
            [0.990000316, -1.990000158, 0.490000079, 0.240306534],
            [0.980822597, -1.987336825, 0.491627394, 0.230789321],
            [0.978243581, -1.986722945, 0.492875328, 0.226641997],
        ]);

    // β₁ = 0.8, β₂ = 0.99, ε = 1e-4.
    [Fact]
    public void Follows_the_rule_with_other_settings() => OptimizerSteps.AssertFollows(
        new Adam(0.01, 0.8, 0.99, 1e-4),
        [
            [0.990099010, -1.990049751, 0.490024938, 0.249090909],
            [0.980706471, -1.987947819, 0.492228902, 0.247297210],
            [0.978740792, -1.988009731, 0.493814848, 0.246593014],
        ]);

    [Fact]
    public void Keras2_has_a_smaller_epsilon()
    {
        Adam optimizer = Adam.Keras2();

        Assert.Equal((1e-3, 0.9, 0.999, 1e-8), (optimizer.LearningRate, optimizer.Beta1, optimizer.Beta2, optimizer.Epsilon));
    }

    [Fact]
    public void Defaults_are_those_of_Keras_3()
    {
        var optimizer = new Adam();

        Assert.Equal((1e-3, 0.9, 0.999, 1e-7, 2), (optimizer.LearningRate, optimizer.Beta1, optimizer.Beta2, optimizer.Epsilon, optimizer.SlotCount));
    }

    // A run that is taken up again at step 1001 must correct its bias for step 1001: √(1 − 0.999¹⁰⁰¹) / (1 − 0.9¹⁰⁰¹) = 0.795407,
    // with m = 0.1, v = 0.001 after one step from zero: 1 − 0.1·0.795407·0.1 / √0.001 = 0.748470.
    [Fact]
    public void The_bias_correction_counts_from_the_iterations_given()
    {
        var optimizer = new Adam(0.1, epsilon: 0) { Iterations = 1000 };
        float[] parameters = [1f];

        optimizer.Apply(new ParameterBlock(parameters, [1f], new float[1], new float[1], []), WorkerPool.Serial);

        Assert.Equal(0.748470, parameters[0], 5e-7);
        Assert.Equal(1001, optimizer.Iterations);
    }

    [Fact]
    public void A_beta_of_one_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => new Adam(beta1: 1));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new Adam(beta2: 1));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => new Adam(epsilon: -1));
    }
}
