using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public class SubnormalTests
{
    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(-1e-36f, -1e-36f)]
    [InlineData(7e-37f, 0f)]
    [InlineData(-1e-45f, 0f)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Averages_are_flushed_below_2_to_the_minus_120(float value, float expected) =>
        Assert.Equal(expected, Subnormal.Flush(new F32x1(value)).Value);

    [Theory]
    [InlineData(-3f, 9f)]
    [InlineData(1e-17f, 1e-17f * 1e-17f)]
    [InlineData(6e-18f, 0f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Squares_that_would_be_subnormal_are_zero(float value, float expected) =>
        Assert.Equal(expected, Subnormal.Square(new F32x1(value)).Value);

    [Fact]
    public void An_average_of_vanished_gradients_ends_at_zero()
    {
        // Without flushing it stays at the smallest subnormal number for ever: 0.9 times it rounds to itself.
        foreach (int length in new[] { 3, 16, 35 })
        {
            var average = new float[length];
            average.AsSpan().Fill(1);
            for (int step = 0; step < 1000; step++)
            {
                ParameterUpdate.Apply<Decay, float>(default, new float[length], new float[length], average, [], [], WorkerPool.Serial);
                Assert.All(average, value => Assert.True(value == 0 || float.IsNormal(value)));
            }

            Assert.All(average, value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Vanishing_gradients_reach_the_rule_as_zero_and_NaN_as_NaN()
    {
        float[] seen = new float[4];
        ParameterUpdate.Apply<Decay, float>(default, new float[4], [1e-31f, -1e-40f, float.NaN, 1e-30f], seen, [], [], WorkerPool.Serial);

        Assert.Equal([0, 0, float.NaN, 1e-30f], seen);
    }

    private readonly struct Decay : IUpdateRule
    {
        public static int SlotCount => 1;

        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes> => slot0 = TLanes.MultiplyAdd(TLanes.Broadcast(0.9), slot0, gradient);
    }
}
