using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Optimizers;

public class GradientClippingTests
{
    // Gradients (3, 4) of norm 5 and (0.6, -0.8) of norm 1; a step of Sgd(1) shows what is left of them.
    [Fact]
    public void The_norm_is_bounded_for_each_parameter()
    {
        Assert.Equal([-1.2f, -1.6f, -0.6f, 0.8f], Step(new Sgd(1) { ClipNorm = 2 }));
        Assert.Equal([-0.3f, -0.4f, -0.3f, 0.4f], Step(new Sgd(1) { ClipNorm = 0.5 }));
    }

    // The norm of all is √26: each is multiplied by 2 / √26.
    [Fact]
    public void The_global_norm_is_bounded_for_all_together()
    {
        float factor = (float)(2 / Math.Sqrt(26));

        Assert.Equal([-3 * factor, -4 * factor, -0.6f * factor, 0.8f * factor], Step(new Sgd(1) { GlobalClipNorm = 2 }));
    }

    [Fact]
    public void Values_are_bounded_on_both_sides() => Assert.Equal([-0.7f, -0.7f, -0.6f, 0.7f], Step(new Sgd(1) { ClipValue = 0.7 }));

    [Fact]
    public void Gradients_within_the_bound_stay_to_the_bit()
    {
        float[] expected = Step(new Sgd(1));

        Assert.Equal([-3f, -4f, -0.6f, 0.8f], expected);
        Assert.Equal(expected, Step(new Sgd(1) { ClipNorm = 5 }));
        Assert.Equal(expected, Step(new Sgd(1) { GlobalClipNorm = 5.1 }));
        Assert.Equal(expected, Step(new Sgd(1) { ClipValue = 4 }));
    }

    [Theory]
    [InlineData("norm")]
    [InlineData("global")]
    [InlineData("value")]
    public void Clipping_gives_the_same_bits_on_any_number_of_threads_and_allocates_nothing(string kind)
    {
        Optimizer Make() => kind switch
        {
            "norm" => new Sgd { ClipNorm = 1 },
            "global" => new Sgd { GlobalClipNorm = 1 },
            _ => new Sgd { ClipValue = 0.1 },
        };
        float[] Run(WorkerPool workers)
        {
            ParameterArena arena = Arena(200_001, 13);
            new RandomUniform(-1, 1).Fill(arena.Gradients, [arena.Gradients.Length], new CounterRandom(3, 3));
            Make().Step(arena, workers);
            return arena.Values.ToArray();
        }

        float[] expected = Run(WorkerPool.Serial);
        foreach (int threads in (int[])[2, 3])
        {
            using var workers = new WorkerPool(threads);
            Assert.True(expected.AsSpan().SequenceEqual(Run(workers)));
        }

        ParameterArena small = Arena(100, 7);
        Optimizer optimizer = Make();
        TestAllocations.AssertNone(() =>
        {
            small.Gradients.Fill(1);
            optimizer.Step(small);
        });
    }

    [Fact]
    public void One_kind_at_a_time_and_bounds_above_0()
    {
        string message = Assert.Throws<ArgumentException>(() => new Adam { ClipNorm = 1, ClipValue = 1 }).Message;

        Assert.Contains("expected one of ClipValue, ClipNorm and GlobalClipNorm, got ClipValue beside another", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Adam { GlobalClipNorm = 1, ClipNorm = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { ClipValue = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { ClipNorm = double.NaN });
        Assert.Null(new Adam { ClipNorm = null }.ClipNorm);
    }

    private static float[] Step(Optimizer optimizer)
    {
        ParameterArena arena = Arena(2, 2);
        ((ReadOnlySpan<float>)[3, 4]).CopyTo(arena.Parameters[0].Gradient);
        ((ReadOnlySpan<float>)[0.6f, -0.8f]).CopyTo(arena.Parameters[1].Gradient);
        optimizer.Step(arena);
        return [.. arena.Parameters.SelectMany(parameter => parameter.Value.ToArray())];
    }

    private static ParameterArena Arena(params int[] lengths)
    {
        var arena = new ParameterArena([.. lengths.Select((length, index) => new Parameter($"p{index}", [length], new Zeros()))]);
        arena.Initialize(0);
        return arena;
    }
}
