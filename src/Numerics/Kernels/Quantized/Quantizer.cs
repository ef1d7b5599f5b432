using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// From real numbers to integers and back, as ONNX defines it: a division by the scale, halves rounded to even, the zero point added, and saturation. The
/// reciprocal of the scale would round otherwise.
/// </summary>
public static class Quantizer
{
    /// <summary>y = saturate(round(x / scale) + zeroPoint). NaN gives the zero point.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Quantize<T>(ReadOnlySpan<float> x, float scale, int zeroPoint, Span<T> y)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Check.Length(y.Length, x.Length);
        float least = int.CreateTruncating(T.MinValue) - zeroPoint;
        float greatest = int.CreateTruncating(T.MaxValue) - zeroPoint;
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.CreateTruncating((int)Math.Clamp(MathF.Round(x[i] / scale), least, greatest) + zeroPoint);
        }
    }

    /// <summary>y = (x - zeroPoint) · scale.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Dequantize<T>(ReadOnlySpan<T> x, float scale, int zeroPoint, Span<float> y)
        where T : unmanaged, IBinaryInteger<T>
    {
        Check.Length(y.Length, x.Length);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = (long.CreateTruncating(x[i]) - zeroPoint) * scale;
        }
    }

    /// <summary>y = saturate(round(sum · multiplier) + zeroPoint), the product in float32 as ONNX Runtime computes it.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Requantize<T>(ReadOnlySpan<int> sums, float multiplier, int zeroPoint, Span<T> y)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Check.Length(y.Length, sums.Length);
        float least = int.CreateTruncating(T.MinValue) - zeroPoint;
        float greatest = int.CreateTruncating(T.MaxValue) - zeroPoint;
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.CreateTruncating((int)Math.Clamp(MathF.Round(sums[i] * multiplier), least, greatest) + zeroPoint);
        }
    }
}
