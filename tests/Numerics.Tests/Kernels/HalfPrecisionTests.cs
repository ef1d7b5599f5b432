using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public sealed class HalfPrecisionTests
{
    [Fact]
    public void Every_float16_widens_to_its_value()
    {
        var x = new Half[1 << 16];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = BitConverter.UInt16BitsToHalf((ushort)i);
        }

        var y = new float[x.Length];
        HalfPrecision.Widen(x, y, WorkerPool.Serial);
        Assert.Equal(Array.ConvertAll(x, value => (float)value), y);
        AssertSigns(Array.ConvertAll(x, value => (float)value), y);
    }

    [Fact]
    public void Every_bfloat16_widens_to_its_value()
    {
        BFloat16[] x = [.. Enumerable.Range(0, 1 << 16).Select(i => new BFloat16((ushort)i))];
        var y = new float[x.Length];
        HalfPrecision.Widen(x, y, WorkerPool.Serial);
        Assert.Equal(Array.ConvertAll(x, value => BitConverter.SingleToUInt32Bits((float)value)), Array.ConvertAll(y, BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Float32_rounds_to_the_nearest_float16_and_to_the_even_one_of_two()
    {
        float[] x = Numbers();
        var y = new Half[x.Length];
        HalfPrecision.Round(x, y, WorkerPool.Serial);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.True(Half.IsNaN(y[i]) ? float.IsNaN(x[i]) : y[i] == (Half)x[i] && Half.IsNegative(y[i]) == float.IsNegative(x[i]), $"{x[i]:R} became {y[i]}");
        }
    }

    [Fact]
    public void Float32_rounds_to_the_nearest_bfloat16_and_to_the_even_one_of_two()
    {
        float[] x = Numbers();
        var y = new BFloat16[x.Length];
        HalfPrecision.Round(x, y, WorkerPool.Serial);
        Assert.Equal(Array.ConvertAll(x, value => (BFloat16)value), y);
    }

    [Fact]
    public void Workers_do_not_change_a_bit()
    {
        float[] x = [.. Enumerable.Range(0, 300_001).Select(i => MathF.Sin(i) * i)];
        var serial = new Half[x.Length];
        var parallel = new Half[x.Length];
        HalfPrecision.Round(x, serial, WorkerPool.Serial);
        using var workers = new WorkerPool(3);
        HalfPrecision.Round(x, parallel, workers);
        Assert.Equal(serial, parallel);
        var wide = new float[x.Length];
        HalfPrecision.Widen(parallel, wide, workers);
        Assert.Equal(Array.ConvertAll(serial, value => (float)value), wide);
    }

    [Fact]
    public void Lengths_that_differ_are_refused() =>
        Assert.Throws<ArgumentException>(() => HalfPrecision.Widen(new Half[3], new float[2], WorkerPool.Serial));

    // Every float16, the middles between neighbours and what lies beside them; the ends of the range; NaN.
    private static float[] Numbers()
    {
        var numbers = new List<float> { float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon, -0f, 65519.996f, 65520f, 65536f, 1e-8f };
        for (int i = 0; i < (1 << 16) - 1; i++)
        {
            var value = (float)BitConverter.UInt16BitsToHalf((ushort)i);
            float middle = (value + (float)BitConverter.UInt16BitsToHalf((ushort)(i + 1))) / 2;
            numbers.AddRange([value, middle, MathF.BitIncrement(middle), MathF.BitDecrement(middle)]);
            numbers.AddRange([BitConverter.UInt32BitsToSingle(((uint)i << 16) | 0x8000), BitConverter.UInt32BitsToSingle(((uint)i << 16) | 0x7FFF)]);
        }

        return [.. numbers];
    }

    private static void AssertSigns(float[] expected, float[] actual) =>
        Assert.Equal(Array.ConvertAll(expected, float.IsNegative), Array.ConvertAll(actual, float.IsNegative));
}
