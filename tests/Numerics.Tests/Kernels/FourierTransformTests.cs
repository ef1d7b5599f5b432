using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public sealed class FourierTransformTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(100)]
    [InlineData(256)]
    public void It_is_the_sum_of_its_definition_and_the_inverse_leads_back(int length)
    {
        var random = new Random(length);
        double[] re = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
        double[] im = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
        var tables = new double[FourierTransform.TableLength(length)];
        FourierTransform.FillTables(length, tables);
        double[] real = [.. re];
        double[] imaginary = [.. im];
        FourierTransform.Transform(real, imaginary, inverse: false, tables);
        for (int k = 0; k < length; k++)
        {
            double sumReal = 0;
            double sumImaginary = 0;
            for (int n = 0; n < length; n++)
            {
                (double sin, double cos) = Math.SinCos(-2 * Math.PI * ((long)k * n % length) / length);
                sumReal += (re[n] * cos) - (im[n] * sin);
                sumImaginary += (re[n] * sin) + (im[n] * cos);
            }

            Assert.Equal(sumReal, real[k], 1e-12);
            Assert.Equal(sumImaginary, imaginary[k], 1e-12);
        }

        FourierTransform.Transform(real, imaginary, inverse: true, tables);
        Assert.All(Enumerable.Range(0, length), n =>
        {
            Assert.Equal(re[n], real[n], 1e-13);
            Assert.Equal(im[n], imaginary[n], 1e-13);
        });
    }

    [Fact]
    public void Lengths_that_do_not_agree_are_refused()
    {
        Assert.Throws<ArgumentException>(() => FourierTransform.Transform(new double[3], new double[2], false, new double[8]));
        Assert.Throws<ArgumentException>(() => FourierTransform.Transform(new double[4], new double[4], false, new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FourierTransform.TableLength(0));
    }
}
