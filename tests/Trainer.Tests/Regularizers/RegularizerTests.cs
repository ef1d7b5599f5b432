using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Regularizers;

namespace Toolkit.Trainer.Tests.Regularizers;

public class RegularizerTests
{
    // w = 1, -2, 0: Σ|w| = 3, Σw² = 5; signs 1, -1, 0. Without ½: 2·λ·w is the gradient of λ·w².
    [Fact]
    public void Penalties_and_gradients_are_Kerass()
    {
        AssertPenalty(new L1(0.5), 1.5f, [0.5f, -0.5f, 0]);
        AssertPenalty(new L2(0.25), 1.25f, [0.5f, -1, 0]);
        AssertPenalty(new L1L2(0.5, 0.25), 2.75f, [1, -1.5f, 0]);
        AssertPenalty(new L1L2(), 0, [0, 0, 0]);
    }

    [Fact]
    public void Names_have_the_factors_that_Keras_gives_them()
    {
        Assert.Equal(0.01, Assert.IsType<L1>((Regularizer)"l1").Factor);
        Assert.Equal(0.01, Assert.IsType<L2>((Regularizer)"L2").Factor);
        L1L2 both = Assert.IsType<L1L2>((Regularizer)"l1_l2");
        Assert.Equal((0.01, 0.01), (both.FactorL1, both.FactorL2));
        Assert.Contains("expected one of l1, l1_l2, l2", Assert.Throws<ArgumentException>(() => Regularizer.FromName("l3")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_factor_must_be_a_number_of_zero_or_more(double factor)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(factor), () => new L1(factor));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(factor), () => new L2(factor));
        Assert.Throws<ArgumentOutOfRangeException>("l1", () => new L1L2(factor));
        Assert.Throws<ArgumentOutOfRangeException>("l2", () => new L1L2(0, factor));
    }

    [Fact]
    public void Great_sums_keep_their_precision_and_do_not_depend_on_threads()
    {
        var parameter = new Parameter("w", [100_003], new RandomUniform(-1, 1));
        var arena = new ParameterArena([parameter]);
        arena.Initialize(2);
        double expected = parameter.Value.ToArray().Sum(w => (0.3 * Math.Abs((double)w)) + (0.2 * w * w));
        float[][] gradients = new float[2][];
        for (int run = 0; run < 2; run++)
        {
            using var workers = new WorkerPool(run + 1);
            var tape = new Tape(workers: workers);
            Variable penalty = new L1L2(0.3, 0.2).Penalty(tape, tape.Parameter(parameter));
            tape.Backward(penalty);
            gradients[run] = parameter.Gradient.ToArray();
            Assert.Equal((float)expected, penalty.Value.As<float>().Span[0], expected * 1e-6);
        }

        Assert.Equal(gradients[0], gradients[1]);
    }

    [Fact]
    public void A_step_with_a_penalty_allocates_nothing()
    {
        var parameter = new Parameter("w", [2000], new Ones());
        _ = new ParameterArena([parameter]);
        StepProgram program = StepProgram.Record([[1]], (tape, _) => new L1L2(0.3, 0.2).Penalty(tape, tape.Parameter(parameter)));

        TestAllocations.AssertNone(() =>
        {
            program.Forward(WorkerPool.Serial);
            program.Backward(WorkerPool.Serial);
        });
    }

    private static void AssertPenalty(Regularizer regularizer, float expected, float[] gradient)
    {
        var parameter = new Parameter("w", [3], new Zeros());
        _ = new ParameterArena([parameter]);
        ((ReadOnlySpan<float>)[1, -2, 0]).CopyTo(parameter.Value);
        var tape = new Tape();
        Variable penalty = regularizer.Penalty(tape, tape.Parameter(parameter));
        tape.Backward(penalty);

        Assert.Equal(expected, penalty.Value.As<float>().Span[0], 1e-6f);
        Assert.All(gradient.Zip(parameter.Gradient.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-7f));
    }
}
