using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Tests.Autograd;

public class OpsTests
{
    [Fact]
    public void Numbers_combine_with_variables_on_either_side()
    {
        var tape = new Tape();
        Variable x = tape.Input(Tensor.Vector(2f, -4f));

        Assert.Equal([-2f, 4], Values(-x));
        Assert.Equal([5f, -1], Values(x + 3));
        Assert.Equal([5f, -1], Values(3 + x));
        Assert.Equal([1f, -5], Values(x - 1));
        Assert.Equal([-1f, 5], Values(1 - x));
        Assert.Equal([6f, -12], Values(x * 3));
        Assert.Equal([6f, -12], Values(3 * x));
        Assert.Equal([1f, -2], Values(x / 2));
        Assert.Equal([4f, -2], Values(8 / x));
    }

    [Fact]
    public void Reductions_take_axes()
    {
        var tape = new Tape();
        Variable x = tape.Input(Tensor.From<float>([2, 3], 1, 2, 3, 4, 5, 6));

        Assert.Equal([21f], Values(Ops.Sum(x)));
        Assert.Equal([5f, 7, 9], Values(Ops.Sum(x, [0])));
        Assert.Equal([2f, 5], Values(Ops.Mean(x, [-1])));
        Assert.Equal([2, 1], Ops.Mean(x, [-1], keepDims: true).Shape.Dimensions.ToArray());
        Assert.Throws<ArgumentException>(() => Ops.Sum(x, [2]));
        Assert.Throws<ArgumentException>(() => Ops.Sum(x, [1, -1]));
    }

    [Fact]
    public void Parts_are_taken_and_joined()
    {
        var tape = new Tape();
        Variable x = tape.Input(Tensor.From<float>([2, 4], 1, 2, 3, 4, 5, 6, 7, 8));

        Variable[] halves = Ops.Split(x, 2);

        Assert.Equal([3f, 4, 7, 8], Values(halves[1]));
        Assert.Equal([3f, 4, 1, 2, 7, 8, 5, 6], Values(Ops.Concatenate(1, halves[1], halves[0])));
        Assert.Equal([1f, 3, 5, 7], Values(Ops.Slice(x, 1, 0, 2, step: 2)));
        Assert.Equal([1f, 5, 2, 6, 3, 7, 4, 8], Values(Ops.Transpose(x, 1, 0)));
        Assert.Throws<ArgumentException>(() => Ops.Slice(x, 1, 3, 2));
        Assert.Throws<ArgumentException>(() => Ops.Split(x, 3));
        Assert.Throws<ArgumentException>(() => Ops.Concatenate(1, x, Ops.Slice(x, 0, 0, 1)));
    }

    [Fact]
    public void A_loss_of_ones_own_has_its_gradient()
    {
        // KL divergence of N(mean, e^logVariance) from N(0, 1), a variational autoencoder's: d/dmean = mean / n.
        var tape = new Tape();
        Variable mean = tape.Input(Tensor.From<float>([2, 1], 0.5f, -2), requiresGradient: true);
        Variable logVariance = tape.Input(Tensor.From<float>([2, 1], 0, 0.5f), requiresGradient: true);

        Variable loss = Ops.Mean(Ops.Sum(1 + logVariance - Ops.Square(mean) - Ops.Exp(logVariance), [1])) * -0.5f;
        tape.Backward(loss);

        Assert.Equal([0.25f, -1], mean.Gradient!.As<float>().ToArray());
        Assert.Equal((Math.Exp(0.5) - 1) / 4, logVariance.Gradient!.As<float>().Span[1], 1e-6);
    }

    private static float[] Values(Variable variable) => variable.Value.As<float>().ToArray();
}
