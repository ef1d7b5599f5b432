namespace Toolkit.Numerics.Tests.Kernels;

/// <summary>Inputs for kernels: special values, random bit patterns, and numbers of everyday size.</summary>
internal static class TestFloats
{
    public static readonly float[] Specials =
    [
        0f, -0f, 1f, -1f, 0.5f, -0.5f, 2f, float.Epsilon, -float.Epsilon, 1.17549435E-38f, -1.17549435E-38f, 1.1754942E-38f,
        float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN, -float.NaN,
        88.72283f, 88.72284f, 89f, -87.33654f, -103.97f, -103.98f, -104f, -110f, 0.625f, -0.625f, 0.62499994f, 0.70710677f, 0.70710683f,
        1e-4f, -1e-4f, 1e-20f, 1e20f, 9f, -9f, 20f, -20f, 8388608f, 8388609f, 16777216f, 0.99999994f, 1.0000001f, 1.4142135f, 0.34657359f, -0.34657359f,
    ];

    /// <summary>The specials first, then random numbers of three kinds.</summary>
    public static float[] Mixed(int count, int seed)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = i < Specials.Length ? Specials[i] : (i % 3) switch
            {
                0 => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
                1 => (random.NextSingle() * 220) - 110,
                _ => (random.NextSingle() * 4) - 2,
            };
        }

        return values;
    }

    /// <summary>Finite numbers in [-scale, scale).</summary>
    public static float[] Finite(int count, int seed, float scale = 2)
    {
        var random = new Random(seed);
        return Array.ConvertAll(new float[count], _ => ((random.NextSingle() * 2) - 1) * scale);
    }

    /// <summary>Asserts equal bits; NaNs are equal whatever their payload, which IEEE 754 leaves open.</summary>
    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i])
                || (float.IsNaN(expected[i]) && float.IsNaN(actual[i]));
            Assert.True(same, $"{what}: element {i}: expected {expected[i]:R}, got {actual[i]:R}.");
        }
    }

    /// <summary>The distance of a result from the exact one, in units of the last place of the exact one.</summary>
    public static double UlpError(float actual, double exact)
    {
        if (double.IsNaN(exact) || double.IsInfinity(exact) || !float.IsFinite(actual))
        {
            // An infinite result is right where the exact one rounds to infinity.
            return actual.Equals((float)exact) ? 0 : double.PositiveInfinity;
        }

        int exponent = exact == 0 ? -126 : Math.Max(Math.ILogB(exact), -126);
        return Math.Abs(actual - exact) / Math.ScaleB(1, exponent - 23);
    }
}
