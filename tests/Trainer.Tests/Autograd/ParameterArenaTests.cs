using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Autograd;

public class ParameterArenaTests
{
    [Fact]
    public void Trainable_parameters_come_first_and_gaps_are_zero()
    {
        var kept = new Parameter("kept", [3], new Ones(), isTrainable: false);
        var a = new Parameter("a", [5, 5], new Ones());
        var b = new Parameter("b", [1], new Ones());
        var arena = new ParameterArena([kept, a, b]);

        arena.Initialize(1);

        Assert.Equal(["kept", "a", "b"], arena.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(29, arena.Count);
        Assert.Equal(48, arena.TrainableLength);
        Assert.Equal(64, arena.Values.Length);
        Assert.Equal(29f, arena.Values.ToArray().Sum());
        Assert.Equal(26f, arena.TrainableValues.ToArray().Sum());
        Assert.True(kept.Gradient.IsEmpty);
    }

    [Fact]
    public void Slots_are_made_as_the_optimizer_wants_them()
    {
        var arena = new ParameterArena([new Parameter("a", [20], new Ones())]);
        var adagrad = new Adagrad();

        arena.ResetSlots(adagrad);

        Assert.Equal(adagrad.SlotCount, arena.SlotCount);
        Assert.All(arena.Slot(0).ToArray(), value => Assert.Equal(adagrad.InitialSlotValue(0), value));
        Assert.True(arena.Slot(1).IsEmpty);
    }

    [Fact]
    public void The_first_values_depend_on_the_seed_and_the_parameters_number_alone()
    {
        Parameter[] Draw(int seed)
        {
            Parameter[] parameters = [new("a", [4, 4], new GlorotUniform()), new("b", [4, 4], new GlorotUniform())];
            new ParameterArena(parameters).Initialize(seed);
            return parameters;
        }

        Parameter[] first = Draw(1);
        Parameter[] again = Draw(1);
        Parameter[] other = Draw(2);

        Assert.Equal(first[0].Value, again[0].Value);
        Assert.Equal(first[1].Value, again[1].Value);
        Assert.NotEqual(first[0].Value.ToArray(), first[1].Value.ToArray());
        Assert.NotEqual(first[0].Value.ToArray(), other[0].Value.ToArray());
    }

    [Fact]
    public void Names_are_unique_and_a_parameter_has_one_arena()
    {
        var a = new Parameter("a", [1], new Ones());
        Assert.Throws<InvalidOperationException>(() => a.Value.Length);
        _ = new ParameterArena([a]);

        Assert.Contains("another arena", Assert.Throws<ArgumentException>(() => new ParameterArena([a])).Message, StringComparison.Ordinal);
        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => new ParameterArena([new("b", [1], new Ones()), new("b", [1], new Ones())])).Message, StringComparison.Ordinal);
    }
}
