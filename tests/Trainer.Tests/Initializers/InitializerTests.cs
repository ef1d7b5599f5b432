using Toolkit.Numerics;
using Toolkit.Trainer.Initializers;

namespace Toolkit.Trainer.Tests.Initializers;

public class InitializerTests
{
    public static TheoryData<string> Names => [.. InitializerNames.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_and_stream_give_the_same_values(string name)
    {
        float[] first = Values(name, [20, 30], seed: 42, stream: 3);

        Assert.Equal(first, Values(name, [20, 30], seed: 42, stream: 3));
    }

    [Theory]
    [InlineData("random_uniform")]
    [InlineData("random_normal")]
    [InlineData("truncated_normal")]
    [InlineData("glorot_uniform")]
    [InlineData("he_normal")]
    [InlineData("orthogonal")]
    public void Another_seed_or_stream_gives_other_values(string name)
    {
        float[] first = Values(name, [20, 30], seed: 42, stream: 3);

        Assert.NotEqual(first, Values(name, [20, 30], seed: 43, stream: 3));
        Assert.NotEqual(first, Values(name, [20, 30], seed: 42, stream: 4));
    }

    [Theory]
    [InlineData("zeros", 0f)]
    [InlineData("zero", 0f)]
    [InlineData("ones", 1f)]
    [InlineData("one", 1f)]
    [InlineData("constant", 0f)]
    public void A_constant_fills_everything(string name, float expected) => Assert.All(Values(name, [3, 4]), value => Assert.Equal(expected, value));

    [Fact]
    public void A_constant_has_the_value_given()
    {
        float[] values = [9f, 9f];
        new Constant(-1.5).Fill(values, [2], new CounterRandom(1, 1));

        Assert.Equal([-1.5f, -1.5f], values);
    }

    [Theory]
    [InlineData("GlorotUniform", typeof(GlorotUniform))]
    [InlineData("glorot_uniform", typeof(GlorotUniform))]
    [InlineData("he_normal", typeof(HeNormal))]
    [InlineData("normal", typeof(RandomNormal))]
    [InlineData("uniform", typeof(RandomUniform))]
    public void A_string_becomes_the_initializer_of_that_name(string name, Type expected)
    {
        Initializer initializer = name;

        Assert.IsType(expected, initializer);
    }

    [Fact]
    public void Every_initializer_has_a_name() => Assert.Equal(
        typeof(Initializer).Assembly.GetTypes().Where(type => type.IsPublic && type.IsSubclassOf(typeof(Initializer)) && !type.IsAbstract).OrderBy(type => type.Name),
        InitializerNames.All.Select(name => Initializer.FromName(name).GetType()).Distinct().OrderBy(type => type.Name));

    [Fact]
    public void An_unknown_name_is_answered_with_those_that_there_are()
    {
        var exception = Assert.Throws<ArgumentException>(() => Initializer.FromName("xavier"));

        Assert.Contains("Unknown initializer 'xavier': expected one of constant, glorot_normal, glorot_uniform,", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_length_that_is_not_the_shapes_is_refused(string name)
    {
        var exception = Assert.Throws<ArgumentException>(() => Initializer.FromName(name).Fill(new float[5], [2, 3], new CounterRandom(1, 1)));

        Assert.Contains("expected 6 values for shape [2,3], got 5", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("maximum", () => new RandomUniform(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("standardDeviation", () => new RandomNormal(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>("standardDeviation", () => new TruncatedNormal(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>("scale", () => new VarianceScaling(0));
    }

    private static float[] Values(string name, Shape shape, ulong seed = 42, ulong stream = 0)
    {
        var values = new float[shape.Length];
        Array.Fill(values, float.NaN);
        Initializer.FromName(name).Fill(values, shape, new CounterRandom(seed, stream));
        return values;
    }
}
