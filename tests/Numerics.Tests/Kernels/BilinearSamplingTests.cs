using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public sealed class BilinearSamplingTests
{
    [Theory]
    [InlineData(1, 1, 0f)]
    [InlineData(1, 5, 0.25f)]
    [InlineData(7, 3, null)]
    [InlineData(28, 28, 0f)]
    [InlineData(28, 31, null)]
    public void Points_have_the_bits_of_a_scalar_reference_inside_on_the_edge_and_far_out(int height, int width, float? fill)
    {
        float[] plane = TestFloats.Finite(height * width, 2);
        var padded = new float[BilinearSampling.PaddedLength(height, width)];
        BilinearSampling.Pad(plane, height, width, fill, padded);
        var random = new CounterRandom(3, 1);
        foreach (int count in new[] { 1, 7, 64, 65, 1003 })
        {
            var y = new float[count];
            var x = new float[count];
            for (int i = 0; i < count; i++)
            {
                y[i] = (random.NextSingle() * (height + 6)) - 3;
                x[i] = (random.NextSingle() * (width + 6)) - 3;
            }

            (y[0], x[0]) = (-1e30f, float.PositiveInfinity);
            (y[count / 2], x[count / 2]) = (height - 1, width - 1);
            (y[count - 1], x[count - 1]) = (0, width);
            var actual = new float[count];
            BilinearSampling.Sample(padded, height, width, y, x, actual);
            Assert.Equal([.. Enumerable.Range(0, count).Select(i => Reference(plane, height, width, y[i], x[i], fill))], actual);
        }
    }

    [Fact]
    public void A_point_that_is_not_a_number_stays_within_the_memory()
    {
        var padded = new float[BilinearSampling.PaddedLength(4, 4)];
        float[] nans = [.. Enumerable.Repeat(float.NaN, 19)];
        var actual = new float[19];
        BilinearSampling.Sample(padded, 4, 4, nans, nans, actual);
        Assert.All(actual, value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BilinearSampling.Pad(new float[15], 4, 4, 0, new float[49]));
        Assert.Throws<ArgumentException>(() => BilinearSampling.Pad(new float[16], 4, 4, 0, new float[48]));
        Assert.Throws<ArgumentException>(() => BilinearSampling.Sample(new float[48], 4, 4, new float[3], new float[3], new float[3]));
        Assert.Throws<ArgumentException>(() => BilinearSampling.Sample(new float[49], 4, 4, new float[2], new float[3], new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BilinearSampling.Sample(new float[9], 0, 0, [], [], []));
    }

    private static float Reference(float[] plane, int height, int width, float y, float x, float? fill)
    {
        y = Math.Clamp(y, -1, height);
        x = Math.Clamp(x, -1, width);
        int top = (int)MathF.Floor(y);
        int left = (int)MathF.Floor(x);
        float down = y - top;
        float right = x - left;
        float above = At(top, left) + (right * (At(top, left + 1) - At(top, left)));
        float below = At(top + 1, left) + (right * (At(top + 1, left + 1) - At(top + 1, left)));
        return above + (down * (below - above));

        float At(int row, int column) => (uint)row < (uint)height && (uint)column < (uint)width
            ? plane[(row * width) + column]
            : fill ?? plane[(Math.Clamp(row, 0, height - 1) * width) + Math.Clamp(column, 0, width - 1)];
    }
}
