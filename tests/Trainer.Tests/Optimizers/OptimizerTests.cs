using Toolkit.Numerics;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Optimizers;

public class OptimizerTests
{
    public static TheoryData<string> Kinds =>
        ["sgd", "sgd momentum", "sgd nesterov", "adagrad", "adagrad keras2", "rmsprop", "rmsprop keras2", "rmsprop momentum", "adam"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Results_do_not_depend_on_the_number_of_threads(string kind)
    {
        const int Length = 150_001;
        (float[] parameters, float[] slot0, float[] slot1) = OptimizerSteps.Run(Make(kind), Length, WorkerPool.Serial, Length);

        foreach (int threads in (int[])[2, 3, 5])
        {
            using var workers = new WorkerPool(threads);
            (float[] parametersHere, float[] slot0Here, float[] slot1Here) = OptimizerSteps.Run(Make(kind), Length, workers, Length);

            Assert.True(parameters.AsSpan().SequenceEqual(parametersHere));
            Assert.True(slot0.AsSpan().SequenceEqual(slot0Here));
            Assert.True(slot1.AsSpan().SequenceEqual(slot1Here));
        }
    }

    // A parameter is updated in a full register in one run and in a tail in the other.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Results_do_not_depend_on_the_place_in_the_arena(string kind)
    {
        (float[] whole, _, _) = OptimizerSteps.Run(Make(kind), 1003, WorkerPool.Serial, chunk: 1003);
        (float[] parts, _, _) = OptimizerSteps.Run(Make(kind), 1003, WorkerPool.Serial, chunk: 7);

        Assert.True(whole.AsSpan().SequenceEqual(parts));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_allocates_nothing(string kind)
    {
        Optimizer optimizer = Make(kind);
        float[] parameters = new float[64];
        float[] gradients = new float[64];
        float[] slot0 = new float[64];
        float[] slot1 = new float[64];
        TestAllocations.AssertNone(() => optimizer.Apply(parameters, gradients, slot0, slot1, WorkerPool.Serial));
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

        Assert.StartsWith("Unknown optimizer 'adamw2': expected one of adagrad, adam, rmsprop, sgd.", exception.Message, StringComparison.Ordinal);
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

    private static Optimizer Make(string kind) => kind switch
    {
        "sgd momentum" => new Sgd(momentum: 0.9),
        "sgd nesterov" => new Sgd(momentum: 0.9, nesterov: true),
        "adagrad keras2" => Adagrad.Keras2(),
        "rmsprop keras2" => RmsProp.Keras2(),
        "rmsprop momentum" => new RmsProp(momentum: 0.5),
        _ => Optimizer.FromName(kind),
    };
}
