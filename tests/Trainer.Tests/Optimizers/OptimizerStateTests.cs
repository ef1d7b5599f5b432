using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Tests.Optimizers;

public class OptimizerStateTests
{
    public static TheoryData<string> Kinds => OptimizerTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_run_continues_from_slots_and_state_to_the_bit(string kind)
    {
        Optimizer optimizer = OptimizerTests.Make(kind);
        Optimizer resumed = OptimizerTests.Make(kind);
        ParameterArena arena = Arena();
        ParameterArena copy = Arena();
        Run(optimizer, arena, 0, 5);

        arena.Values.CopyTo(copy.Values);
        resumed.RestoreState(optimizer.State);
        copy.EnsureSlots(resumed);
        for (int slot = 0; slot < optimizer.SlotCount; slot++)
        {
            arena.Slot(slot).CopyTo(copy.Slot(slot));
        }

        Run(optimizer, arena, 5, 9);
        Run(resumed, copy, 5, 9);

        Assert.Equal(arena.Values, copy.Values);
        Assert.Equal(optimizer.State, resumed.State);
        Assert.Equal(9, resumed.Iterations);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_slot_has_a_name_of_its_own(string kind)
    {
        Optimizer optimizer = OptimizerTests.Make(kind);
        string[] names = [.. Enumerable.Range(0, optimizer.SlotCount).Select(optimizer.SlotName)];

        Assert.Equal(names.Distinct(), names);
        Assert.Throws<ArgumentOutOfRangeException>("slot", () => optimizer.SlotName(optimizer.SlotCount));
    }

    [Fact]
    public void Slots_are_called_as_in_Keras()
    {
        static string Names(Optimizer optimizer) => string.Join(' ', Enumerable.Range(0, optimizer.SlotCount).Select(optimizer.SlotName));

        Assert.Equal("momentum", Names(new Sgd(momentum: 0.9)));
        Assert.Equal("accumulator", Names(new Adagrad()));
        Assert.Equal("velocity", Names(new RmsProp()));
        Assert.Equal("velocity momentum average_gradient", Names(new RmsProp(momentum: 0.9, centered: true)));
        Assert.Equal("velocity average_gradient", Names(new RmsProp(centered: true)));
        Assert.Equal("momentum velocity velocity_hat", Names(new AdamW(amsgrad: true)));
        Assert.Equal("momentum norm", Names(new Adamax()));
        Assert.Equal("momentum velocity", Names(new Nadam()));
    }

    [Fact]
    public void A_state_that_is_not_the_optimizers_is_refused_and_changes_nothing()
    {
        var nadam = new Nadam(0.5);
        string message = Assert.Throws<ArgumentException>(() => nadam.RestoreState(new Adam(0.1) { Iterations = 7 }.State)).Message;

        Assert.Contains("Nadam: expected 'momentum_product' in the optimizer's state, got iterations, learning_rate", message, StringComparison.Ordinal);
        Assert.Equal((0.5, 0L), (nadam.LearningRate, nadam.Iterations));
        Assert.Throws<ArgumentException>(() => nadam.RestoreState(new Dictionary<string, double>()));
        Assert.Throws<ArgumentException>(() => new Sgd().RestoreState(new Dictionary<string, double> { ["iterations"] = 1.5, ["learning_rate"] = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd().RestoreState(new Dictionary<string, double> { ["iterations"] = 1, ["learning_rate"] = -1 }));
    }

    [Fact]
    public void A_schedule_gives_the_rate_of_every_step_and_cannot_be_overwritten()
    {
        var optimizer = new Sgd(new PiecewiseConstantDecay([0, 1], [1, 0.5, 0.25]));
        var arena = new ParameterArena([new Parameter("w", [1], new Zeros())]);
        var rates = new List<float>();
        for (int step = 0; step < 4; step++)
        {
            float before = arena.Values[0];
            Assert.Equal(step == 0 ? 1 : step == 1 ? 0.5 : 0.25, optimizer.LearningRate);
            arena.Gradients[0] = 1;
            optimizer.Step(arena);
            rates.Add(before - arena.Values[0]);
        }

        Assert.Equal([1, 0.5f, 0.25f, 0.25f], rates);
        Assert.Equal(["iterations"], optimizer.State.Keys);
        Assert.Contains("follows a PiecewiseConstantDecay", Assert.Throws<InvalidOperationException>(() => optimizer.LearningRate = 1).Message, StringComparison.Ordinal);
        var resumed = new Sgd(new PiecewiseConstantDecay([0, 1], [1, 0.5, 0.25]));
        resumed.RestoreState(new Dictionary<string, double> { ["iterations"] = 1 });
        Assert.Equal(0.5, resumed.LearningRate);
    }

    // α = lr(t)·√(1 − β₂ᵗ) / (1 − β₁ᵗ): the first step of Adam is the schedule's first rate.
    [Fact]
    public void Every_optimizer_takes_a_schedule()
    {
        LearningRateSchedule schedule = new ExponentialDecay(0.25, 1, 0.5);
        Optimizer[] optimizers =
        [
            new Adagrad(schedule), new Adam(schedule), new Adamax(schedule), new AdamW(schedule), new Lbfgs(schedule), new Nadam(schedule), new RmsProp(schedule), new Sgd(schedule),
        ];

        Assert.Equal(OptimizerNames.All, optimizers.Select(optimizer => optimizer.Name));
        Assert.All(optimizers, optimizer =>
        {
            Assert.Same(schedule, optimizer.Schedule);
            Assert.Equal(0.25, optimizer.LearningRate);
            optimizer.Iterations = 1;
            Assert.Equal(0.125, optimizer.LearningRate);
        });
    }

    [Fact]
    public void An_arena_makes_slots_anew_for_another_optimizer_and_keeps_those_of_the_same()
    {
        ParameterArena arena = Arena();
        var adam = new Adam();
        Run(adam, arena, 0, 1);
        float[] velocity = arena.Slot(1).ToArray();
        arena.EnsureSlots(adam);
        Assert.Equal(velocity, arena.Slot(1).ToArray());
        Assert.True(velocity.AsSpan().ContainsAnyExcept(0f));

        arena.EnsureSlots(new Adam());

        Assert.False(((ReadOnlySpan<float>)arena.Slot(1)).ContainsAnyExcept(0f));
    }

    [Fact]
    public void A_step_with_a_function_is_the_same_step_for_every_optimizer()
    {
        ParameterArena expected = Arena();
        ParameterArena actual = Arena();
        Run(new Adam(), expected, 0, 1);

        float loss = new Adam().Step(actual, () =>
        {
            Fill(actual, 0);
            return 3;
        });

        Assert.Equal(3, loss);
        Assert.Equal(expected.Values, actual.Values);
    }

    private static ParameterArena Arena()
    {
        var arena = new ParameterArena([new Parameter("a", [5, 4], new RandomUniform(-1, 1)), new Parameter("b", [3], new Ones())]);
        arena.Initialize(1);
        return arena;
    }

    private static void Run(Optimizer optimizer, ParameterArena arena, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            Fill(arena, step);
            optimizer.Step(arena);
        }
    }

    private static void Fill(ParameterArena arena, int step) =>
        new RandomUniform(-1, 1).Fill(arena.Gradients, [arena.Gradients.Length], new CounterRandom(9, (ulong)step));
}
