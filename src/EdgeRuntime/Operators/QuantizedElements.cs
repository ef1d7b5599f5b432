using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Reads and writes int8 and uint8 elements, and the numbers that belong to them.</summary>
internal static class QuantizedElements
{
    /// <summary>Whether the engine reads scales of a type.</summary>
    public static bool IsScale(ElementType type) => type is ElementType.Float32 or ElementType.Float16;

    /// <summary>One number of a scale; the only one where there is one.</summary>
    public static float Scale(Tensor scale, int index) => scale is Tensor<float> single
        ? single.Span[single.Length == 1 ? 0 : index]
        : (float)((Tensor<Half>)scale).Span[scale.Length == 1 ? 0 : index];

    /// <summary>One zero point; the only one where there is one, 0 where there is none.</summary>
    public static int ZeroPoint(Tensor? zeroPoint, int index)
    {
        int at = zeroPoint is null || zeroPoint.Length == 1 ? 0 : index;
        return zeroPoint switch
        {
            null => 0,
            Tensor<byte> bytes => bytes.Span[at],
            Tensor<sbyte> signed => signed.Span[at],
            Tensor<ushort> words => words.Span[at],
            Tensor<short> shorts => shorts.Span[at],
            _ => ((Tensor<int>)zeroPoint).Span[at],
        };
    }

    /// <summary>result = x - zeroPoint for the elements from one on.</summary>
    public static void Widen(Tensor x, int start, int zeroPoint, Span<int> result)
    {
        if (x is Tensor<byte> unsigned)
        {
            ReadOnlySpan<byte> values = unsigned.Span.Slice(start, result.Length);
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = values[i] - zeroPoint;
            }
        }
        else
        {
            ReadOnlySpan<sbyte> values = ((Tensor<sbyte>)x).Span.Slice(start, result.Length);
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = values[i] - zeroPoint;
            }
        }
    }

    /// <summary>Puts sums into y from an element on, quantized again.</summary>
    public static void Requantize(ReadOnlySpan<int> sums, float multiplier, int zeroPoint, Tensor y, int start)
    {
        if (y is Tensor<byte> unsigned)
        {
            Quantizer.Requantize(sums, multiplier, zeroPoint, unsigned.Span.Slice(start, sums.Length));
        }
        else
        {
            Quantizer.Requantize(sums, multiplier, zeroPoint, ((Tensor<sbyte>)y).Span.Slice(start, sums.Length));
        }
    }
}
