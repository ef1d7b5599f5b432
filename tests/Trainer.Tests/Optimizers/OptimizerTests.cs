using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Optimizers;

public class OptimizerTests
{
    public static TheoryData<string> Kinds =>
    [
        "sgd", "sgd momentum", "sgd nesterov", "sgd decayed", "adagrad", "adagrad keras2", "rmsprop", "rmsprop keras2", "rmsprop momentum",
        "rmsprop centered", "rmsprop centered momentum", "adam", "adam amsgrad", "adamw", "adamw amsgrad", "adamax", "nadam",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Results_do_not_depend_on_the_number_of_threads(string kind)
    {
        const int Length = 150_001;
        (float[] parameters, float[][] slots) = OptimizerSteps.Run(Make(kind), Length, WorkerPool.Serial, Length);

        foreach (int threads in (int[])[2, 3, 5])
        {
            using var workers = new WorkerPool(threads);
            (float[] parametersHere, float[][] slotsHere) = OptimizerSteps.Run(Make(kind), Length, workers, Length);

            Assert.True(parameters.AsSpan().SequenceEqual(parametersHere));
            Assert.All(slots.Zip(slotsHere), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
        }
    }

    // A parameter is updated in a full register in one run and in a tail in the other.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Results_do_not_depend_on_the_place_in_the_arena(string kind)
    {
        (float[] whole, _) = OptimizerSteps.Run(Make(kind), 1003, WorkerPool.Serial, chunk: 1003);
        (float[] parts, _) = OptimizerSteps.Run(Make(kind), 1003, WorkerPool.Serial, chunk: 7);

        Assert.True(whole.AsSpan().SequenceEqual(parts));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_allocates_nothing(string kind)
    {
        Optimizer optimizer = Make(kind);
        var arena = new ParameterArena([new Parameter("a", [64], new Ones()), new Parameter("b", [3], new Ones())]);
        arena.Gradients.Fill(0.5f);
        TestAllocations.AssertNone(() => optimizer.Step(arena, WorkerPool.Serial));
    }

    [Theory]
    [InlineData("sgd", typeof(Sgd))]
    [InlineData("adagrad", typeof(Adagrad))]
    [InlineData("rmsprop", typeof(RmsProp))]
    [InlineData("RMSprop", typeof(RmsProp))]
    [InlineData("adam", typeof(Adam))]
    public void A_string_becomes_the_optimizer_of_that_name(string name, Type expected)
    {
        Optimizer optimizer = name;

        Assert.IsType(expected, optimizer);
    }

    [Fact]
    public void Every_optimizer_is_found_by_its_own_name()
    {
        Assert.All(OptimizerNames.All, name => Assert.Equal(name, Optimizer.FromName(name).Name));
        Assert.Equal(
            typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract).OrderBy(type => type.Name),
            OptimizerNames.All.Select(name => Optimizer.FromName(name).GetType()).OrderBy(type => type.Name));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_those_that_there_are()
    {
        var exception = Assert.Throws<ArgumentException>(() => Optimizer.FromName("adamw2"));

        Assert.StartsWith("Unknown optimizer 'adamw2': expected one of adagrad, adam, adamax, adamw, lbfgs, nadam, rmsprop, sgd.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_must_be_a_number_of_zero_or_more(double rate)
    {
        var optimizer = new Sgd();

        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LearningRate = rate);
    }

    internal static Optimizer Make(string kind) => kind switch
    {
        "sgd momentum" => new Sgd(momentum: 0.9),
        "sgd nesterov" => new Sgd(momentum: 0.9, nesterov: true),
        "sgd decayed" => new Sgd(0.1) { WeightDecay = 0.1 },
        "rmsprop centered" => new RmsProp(centered: true),
        "rmsprop centered momentum" => new RmsProp(momentum: 0.5, centered: true),
        "adam amsgrad" => new Adam(amsgrad: true),
        "adamw amsgrad" => new AdamW(amsgrad: true),
        "adagrad keras2" => Adagrad.Keras2(),
        "rmsprop keras2" => RmsProp.Keras2(),
        "rmsprop momentum" => new RmsProp(momentum: 0.5),
        _ => Optimizer.FromName(kind),
    };
}
