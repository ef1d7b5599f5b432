using Toolkit.Numerics;

namespace Toolkit.Export.Quantization;

/// <summary>The affine map of a tensor's 8-bit codes: x = (q − zero point) · scale.</summary>
/// <param name="Scale">The distance between two codes; a normal, positive number.</param>
/// <param name="ZeroPoint">The code of 0.</param>
public readonly record struct QuantizationParameters(float Scale, int ZeroPoint)
{
    private const int Steps = 255;

    /// <summary>The scale of a tensor that is 0 throughout.</summary>
    private const float ScaleOfZero = 1f;

    /// <summary>The least scale, 2^-60: the product of two, which is a bias's scale, is still a normal number.</summary>
    public const float MinScale = 8.67361738e-19f;

    /// <summary>
    /// The parameters that span [min, max] and 0: scale = (max − min) / 255 and zero point = rne(qmin − min / scale). A range of nothing but 0 has scale 1.
    /// </summary>
    /// <param name="min">The least value; finite.</param>
    /// <param name="max">The greatest value; finite.</param>
    /// <param name="type"><see cref="ElementType.Int8"/> or <see cref="ElementType.UInt8"/>.</param>
    public static QuantizationParameters Spanning(double min, double max, ElementType type)
    {
        double low = Math.Min(0, min);
        double high = Math.Max(0, max);
        int least = Least(type);
        if (low == 0 && high == 0)
        {
            return new QuantizationParameters(ScaleOfZero, least);
        }

        float scale = Math.Max((float)((high - low) / Steps), MinScale);
        double zero = Math.Round(least - (low / scale), MidpointRounding.ToEven);
        return new QuantizationParameters(scale, (int)Math.Clamp(zero, least, least + Steps));
    }

    /// <summary>The least value that has a code.</summary>
    public double Low(ElementType type) => (Least(type) - ZeroPoint) * (double)Scale;

    /// <summary>The greatest value that has a code.</summary>
    public double High(ElementType type) => (Least(type) + Steps - ZeroPoint) * (double)Scale;

    /// <summary>The code of a value: sat(rne(x / scale) + zero point), the division in float32 as QuantizeLinear has it.</summary>
    public int Quantize(float value, ElementType type)
    {
        double code = (double)MathF.Round(value / Scale, MidpointRounding.ToEven) + ZeroPoint;
        return (int)Math.Clamp(code, Least(type), Least(type) + Steps);
    }

    internal static int Least(ElementType type) => type == ElementType.UInt8 ? 0 : sbyte.MinValue;
}
