using System.Runtime.InteropServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Reads and writes quantized elements, and the numbers that belong to them.</summary>
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

    /// <summary>The bytes of a tensor of uint8 or int8.</summary>
    public static Span<byte> Bytes(Tensor x) => x is Tensor<byte> unsigned ? unsigned.Span : MemoryMarshal.AsBytes(((Tensor<sbyte>)x).Span);

    /// <summary>One number of a tensor of any type that scales and zero points have; the only one where there is one, 0 where there is no tensor.</summary>
    public static double Number(Tensor? tensor, int index)
    {
        int at = tensor is null || tensor.Length == 1 ? 0 : index;
        return tensor switch
        {
            Tensor<float> values => values.Span[at],
            Tensor<Half> values => (double)values.Span[at],
            Tensor<BFloat16> values => (float)values.Span[at],
            null or Tensor<byte> or Tensor<sbyte> or Tensor<ushort> or Tensor<short> or Tensor<int> => ZeroPoint(tensor, index),
            _ => NarrowFormat.Find(tensor.ElementType)!.Decode(tensor.Bytes[at]),
        };
    }

    /// <summary>The elements from one on as float64, which holds each exactly.</summary>
    public static void Read(Tensor x, int start, Span<double> result)
    {
        switch (x)
        {
            case Tensor<float> values:
                Read<float, SingleReader>(values.Span.Slice(start, result.Length), result);
                break;
            case Tensor<Half> values:
                Read<Half, HalfReader>(values.Span.Slice(start, result.Length), result);
                break;
            case Tensor<BFloat16> values:
                Read<BFloat16, BFloat16Reader>(values.Span.Slice(start, result.Length), result);
                break;
            default:
                Read<int, Int32Reader>(((Tensor<int>)x).Span.Slice(start, result.Length), result);
                break;
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

    private static void Read<T, TReader>(ReadOnlySpan<T> values, Span<double> result)
        where TReader : IConversion<T, double>
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = TReader.Convert(values[i]);
        }
    }

    private readonly struct SingleReader : IConversion<float, double>
    {
        public static double Convert(float value) => value;
    }

    private readonly struct HalfReader : IConversion<Half, double>
    {
        public static double Convert(Half value) => (double)value;
    }

    private readonly struct BFloat16Reader : IConversion<BFloat16, double>
    {
        public static double Convert(BFloat16 value) => (float)value;
    }

    private readonly struct Int32Reader : IConversion<int, double>
    {
        public static double Convert(int value) => value;
    }
}
