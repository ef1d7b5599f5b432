namespace Toolkit.Numerics.Tests;

public sealed class MersenneTwisterTests
{
    // The check that the C++ standard sets for std::mt19937: with the seed 5489 the 10000th number is 4123659995.
    [Fact]
    public void The_ten_thousandth_number_is_the_one_that_the_standard_of_Cpp_names()
    {
        var random = new MersenneTwister(5489, new uint[MersenneTwister.StateLength]);
        uint value = 0;
        for (int i = 0; i < 10_000; i++)
        {
            value = random.NextUInt32();
        }

        Assert.Equal(4123659995, value);
    }

    [Fact]
    public void Numbers_of_seed_0_are_those_of_NumPy()
    {
        var random = new MersenneTwister(0, new uint[MersenneTwister.StateLength]);
        Assert.Equal(0.5488135, random.NextDouble(), 1e-7);
        Assert.Equal(0.71518937, random.NextDouble(), 1e-7);
        Assert.Equal(0.60276338, random.NextDouble(), 1e-7);
        Assert.Equal(0.54488318, random.NextDouble(), 1e-7);
    }

    [Fact]
    public void A_state_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => _ = new MersenneTwister(1, new uint[3]));
}
