using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public class Float32FunctionsTests
{
    // A prime step over the bit patterns: every exponent, many fractions.
    private const int BitStep = 16411;

    [Fact]
    public void Exp_is_within_2_ulp()
    {
        AssertAccuracy(x => F32x1.Exp(new(x)).Value, Math.Exp, 2, "exp");
    }

    [Fact]
    public void Log_is_within_2_ulp()
    {
        AssertAccuracy(x => F32x1.Log(new(x)).Value, Math.Log, 2, "log");
    }

    [Fact]
    public void Tanh_is_within_4_ulp()
    {
        AssertAccuracy(x => F32x1.Tanh(new(x)).Value, Math.Tanh, 4, "tanh");
    }

    [Fact]
    public void Sigmoid_is_within_4_ulp_down_to_subnormal_results()
    {
        AssertAccuracy(x => new Sigmoid().Invoke(new F32x1(x)).Value, x => 1 / (1 + Math.Exp(-x)), 4, "sigmoid");
    }

    [Theory]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(89f, float.PositiveInfinity)]
    [InlineData(-104f, 0f)]
    [InlineData(0f, 1f)]
    [InlineData(float.NaN, float.NaN)]
    public void Exp_of_a_special_value(float x, float expected) => Assert.Equal(expected, F32x1.Exp(new(x)).Value);

    [Theory]
    [InlineData(0f, float.NegativeInfinity)]
    [InlineData(-1f, float.NaN)]
    [InlineData(float.NegativeInfinity, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(1f, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void Log_of_a_special_value(float x, float expected) => Assert.Equal(expected, F32x1.Log(new(x)).Value);

    [Theory]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.Epsilon, float.Epsilon)]
    public void Tanh_of_a_special_value(float x, float expected) => Assert.Equal(expected, F32x1.Tanh(new(x)).Value);

    [Fact]
    public void Tanh_keeps_the_sign_of_zero() => Assert.True(float.IsNegative(F32x1.Tanh(new(-0f)).Value));

    private static void AssertAccuracy(Func<float, float> function, Func<double, double> exact, double limit, string name)
    {
        double worst = 0;
        float worstAt = 0;
        for (long bits = int.MinValue; bits <= int.MaxValue; bits += BitStep)
        {
            Measure(BitConverter.Int32BitsToSingle((int)bits));
        }

        foreach (float special in TestFloats.Specials)
        {
            Measure(special);
        }

        for (int i = -50_000; i <= 50_000; i++)
        {
            Measure(i * 0.00224f);
        }

        Assert.True(worst <= limit, $"{name}({worstAt:R}) is {worst:F2} ulp off, more than {limit}.");

        void Measure(float x)
        {
            double error = TestFloats.UlpError(function(x), exact(x));
            if (!(error <= worst))
            {
                (worst, worstAt) = (error, x);
            }
        }
    }
}
