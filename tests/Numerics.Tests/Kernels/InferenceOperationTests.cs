using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

/// <summary>The operations that only inference uses, in float64 against their definitions.</summary>
public sealed class InferenceOperationTests
{
    private static readonly double[] Points = [.. Enumerable.Range(-400, 801).Select(i => i / 50.0)];

    [Fact]
    public void Erf_is_right_to_the_last_digits()
    {
        // Abramowitz and Stegun, table 7.1.
        AssertClose(default(Erf), [0, 0.1, 0.5, 1, 2, 3, 7, -0.5], [0, 0.1124629160182849, 0.5204998778130465, 0.8427007929497149, 0.9953222650189527, 0.9999779095030014, 1, -0.5204998778130465], 2e-15);
    }

    [Fact]
    public void Elu_is_exponential_below_0() => AssertClose(new Elu(0.5f), Points, Points.Select(x => x > 0 ? x : 0.5 * Math.Exp(x) - 0.5), 1e-15);

    [Fact]
    public void LeakyRelu_is_linear_on_both_sides() => AssertClose(new LeakyRelu(0.25f), Points, Points.Select(x => x > 0 ? x : 0.25 * x), 0);

    [Fact]
    public void Softplus_keeps_the_small_values_and_does_not_overflow()
    {
        double[] x = [-40, -20, -1, 0, 1, 40, 1000];
        double[] y = Apply(default(Softplus), x);
        Assert.Equal(Math.Exp(-40), y[0], Math.Exp(-40) * 1e-14);
        Assert.Equal(Math.Exp(-20), y[1], Math.Exp(-20) * 1e-8);
        AssertClose(default(Softplus), x, [y[0], y[1], Math.Log(1 + Math.Exp(-1)), Math.Log(2), Math.Log(1 + Math.E), 40, 1000], 1e-14);
    }

    [Fact]
    public void Mish_keeps_its_digits_in_the_left_tail_and_does_not_overflow()
    {
        double[] x = [-40, -30, -2, -0.5, 0, 0.5, 3, 19.5, 25, 1000];
        double[] y = Apply(default(Mish), x);
        for (int i = 0; i < x.Length; i++)
        {
            // tanh(ln(1 + t)) = t (t + 2) / (t (t + 2) + 2) with t = eˣ.
            double t = Math.Exp(Math.Min(x[i], 300));
            double expected = x[i] * (t / (t + (2 / (t + 2))));
            Assert.Equal(expected, y[i], Math.Abs(expected) * 1e-14);
        }
    }

    [Fact]
    public void Swish_is_the_sigmoid_times_its_argument() =>
        AssertClose(new Swish(1.5f), Points, Points.Select(x => x / (1 + Math.Exp(-1.5 * x))), 1e-14);

    [Fact]
    public void Shrink_moves_towards_0_what_is_beyond_the_threshold() =>
        AssertClose(new Shrink(0.25f, 1.5f), Points, Points.Select(x => x > 1.5 ? x - 0.25 : x < -1.5 ? x + 0.25 : 0), 0);

    [Fact]
    public void ThresholdedRelu_keeps_what_is_above_the_threshold() =>
        AssertClose(new ThresholdedRelu(0.5f), Points, Points.Select(x => x > 0.5 ? x : 0), 0);

    [Fact]
    public void Clamp_passes_NaN_and_gives_the_upper_bound_where_the_bounds_cross()
    {
        Assert.Equal([-1.0, 0.5, 2.0, double.NaN], Apply(new Clamp(-1, 2), [-3, 0.5, 3, double.NaN]));
        Assert.Equal([-1.0, -1.0], Apply(new Clamp(2, -1), [-3, 3]));
    }

    [Fact]
    public void Propagating_extremes_give_NaN_where_either_is_NaN()
    {
        double[] x = [double.NaN, 1, 2, double.NaN, double.NegativeInfinity];
        double[] y = [1, double.NaN, 3, double.NaN, 0];
        var z = new double[x.Length];
        ElementWise.Binary(default(PropagatingMaximum), x, y, z.AsSpan(), WorkerPool.Serial);
        Assert.Equal([double.NaN, double.NaN, 3, double.NaN, 0], z);
        ElementWise.Binary(default(PropagatingMinimum), x, y, z.AsSpan(), WorkerPool.Serial);
        Assert.Equal([double.NaN, double.NaN, 2, double.NaN, double.NegativeInfinity], z);
    }

    [Fact]
    public void ParametricRelu_takes_its_slope_from_the_second_operand()
    {
        var z = new double[3];
        ElementWise.Binary(default(ParametricRelu), [-2.0, 0, 3], [0.5, 9, 9], z.AsSpan(), WorkerPool.Serial);
        Assert.Equal([-1, 0, 3], z);
    }

    private static double[] Apply<TOperation>(TOperation operation, double[] x)
        where TOperation : struct, IUnaryOperation
    {
        var y = new double[x.Length];
        ElementWise.Unary(operation, x, y.AsSpan(), WorkerPool.Serial);
        return y;
    }

    private static void AssertClose<TOperation>(TOperation operation, double[] x, IEnumerable<double> expected, double tolerance)
        where TOperation : struct, IUnaryOperation
    {
        foreach ((double want, double got) in expected.Zip(Apply(operation, x)))
        {
            Assert.InRange(got, want - tolerance, want + tolerance);
        }
    }
}
