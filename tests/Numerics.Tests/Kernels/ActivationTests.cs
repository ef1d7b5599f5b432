using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

/// <summary>The activations' formulas, derivatives and bits.</summary>
public unsafe class ActivationTests
{
    private static readonly double[] Points = [-30, -4, -3.1, -1.3, -0.4, -1e-3, 1e-3, 0.2, 0.9, 2.5, 3.2, 30];

    [Fact]
    public void Formulas_and_derivatives_are_right()
    {
        AssertFunction(new Elu(0.7f), x => x > 0 ? x : 0.7f * (Math.Exp(x) - 1));
        AssertFunction(new LeakyRelu(0.3f), x => x > 0 ? x : 0.3f * x);
        AssertFunction(new HardSigmoid(1 / 6f, 0.5f), x => Math.Clamp((x * (1 / 6f)) + 0.5, 0, 1));
        AssertFunction(new Selu(Selu.DefaultAlpha, Selu.DefaultGamma), x => Selu.DefaultGamma * (x > 0 ? x : Selu.DefaultAlpha * (Math.Exp(x) - 1)));
        AssertFunction(default(Silu), x => x / (1 + Math.Exp(-x)));
        AssertFunction(default(Softplus), x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))));
        AssertFunction(default(Softsign), x => x / (1 + Math.Abs(x)));
        AssertFunction(default(Square), x => x * x);
        AssertFunction(default(Reciprocal), x => 1 / x, 1e-3);
        AssertFunction(new Affine(-2.5, 0.5), x => 0.5 - (2.5 * x));
        AssertFunction(default(GeluTanh), x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))));
        AssertDerivative(default(Gelu), 1e-7);
    }

    [Fact]
    public void Gelu_takes_the_normal_distributions_function()
    {
        // Φ(1) = 0.841344746068543, Abramowitz and Stegun, table 26.1.
        Assert.Equal(0.841344746068543, default(Gelu).Invoke(new F64x1(1)).Value, 1e-14);
        Assert.Equal(-2 * (1 - 0.977249868051821), default(Gelu).Invoke(new F64x1(-2)).Value, 1e-14);
    }

    [Fact]
    public void Every_set_computes_the_same_bits()
    {
        AssertBits(default(Gelu));
        AssertBits(default(GeluTanh));
        AssertBits(default(Silu));
        AssertBits(default(Softsign));
        AssertBits(default(Softplus));
        AssertBits(new Elu(0.7f));
        AssertBits(new Selu(Selu.DefaultAlpha, Selu.DefaultGamma));
        AssertBits(new HardSigmoid(1 / 6f, 0.5f));
        AssertBits(new LeakyRelu(0.3f));
    }

    private static void AssertFunction<TOperation>(TOperation f, Func<double, double> expected, double tolerance = 1e-7)
        where TOperation : struct, IDifferentiableOperation
    {
        Assert.All(Points, x => Assert.Equal(expected(x), f.Invoke(new F64x1(x)).Value, 1e-12 * Math.Max(1, Math.Abs(expected(x)))));
        AssertDerivative(f, tolerance);
    }

    private static void AssertDerivative<TOperation>(TOperation f, double tolerance)
        where TOperation : struct, IDifferentiableOperation
    {
        const double Step = 1e-6;
        foreach (double x in Points)
        {
            double numeric = (f.Invoke(new F64x1(x + Step)).Value - f.Invoke(new F64x1(x - Step)).Value) / (2 * Step);
            double analytic = f.Backward(new F64x1(x), f.Invoke(new F64x1(x)), new F64x1(1.5)).Value;
            Assert.Equal(1.5 * numeric, analytic, tolerance * Math.Max(1, Math.Abs(numeric)));
        }
    }

    private static void AssertBits<TOperation>(TOperation f)
        where TOperation : struct, IDifferentiableOperation
    {
        float[] x = TestFloats.Mixed(300, 1);
        float[] dy = TestFloats.Finite(300, 2);
        float[] expected = Run(KernelLevel.Scalar);
        foreach (KernelLevel level in KernelLevels.Available)
        {
            TestFloats.AssertSameBits(expected, Run(level), $"{typeof(TOperation).Name}, {level}");
        }

        float[] Run(KernelLevel level)
        {
            var y = new float[300];
            var dx = new float[300];
            fixed (float* px = x, py = y, pdy = dy, pdx = dx)
            {
                KernelLevels.Run(new UnaryBody<TOperation>(f, px, py, false), 300, level);
                KernelLevels.Run(new UnaryBackwardBody<TOperation>(f, px, py, pdy, pdx, false), 300, level);
            }

            return [.. y, .. dx];
        }
    }
}
