using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Functions of one quantized element as tables of 256 entries, indexed by the element's bits, and the numbers that belong to quantized elements.</summary>
internal static class ByteTable
{
    /// <summary>The entries of a table.</summary>
    public const int Length = 256;

    /// <summary>The number that a code stands for before scale and zero point.</summary>
    public static int Code(ElementType type, byte bits) => type == ElementType.Int8 ? (sbyte)bits : bits;

    /// <summary>saturate(round(value / scale) + zero point) as bits; NaN gives the zero point.</summary>
    public static byte Quantize(float value, float scale, int zeroPoint, ElementType type) => Saturate(MathF.Round(value / scale), zeroPoint, type);

    /// <summary>saturate(value + zero point) as bits, for a value that is rounded already.</summary>
    public static byte Saturate(float value, int zeroPoint, ElementType type)
    {
        (int least, int greatest) = type == ElementType.Int8 ? ((int)sbyte.MinValue, (int)sbyte.MaxValue) : (byte.MinValue, byte.MaxValue);
        return unchecked((byte)((int)Math.Clamp(value, least - zeroPoint, greatest - zeroPoint) + zeroPoint));
    }

    /// <summary>Whether the scale and zero point at two places of a node are the same.</summary>
    public static bool AreEqual(in KernelArguments arguments, int scale, int other) =>
        Scale(arguments, scale) == Scale(arguments, other) && ZeroPoint(arguments, scale + 1) == ZeroPoint(arguments, other + 1);

    /// <summary>A scale of one number.</summary>
    public static float Scale(in KernelArguments arguments, int input) => QuantizedElements.Scale(arguments.InputTensor(input), 0);

    /// <summary>A zero point of one number; 0 where it is omitted.</summary>
    public static int ZeroPoint(in KernelArguments arguments, int input) => QuantizedElements.ZeroPoint(arguments.HasInput(input) ? arguments.InputTensor(input) : null, 0);

    /// <summary>What each code stands for, (code - zero point) · scale, in the order of the bits.</summary>
    public static void FillValues(ElementType type, float scale, int zeroPoint, Span<float> values)
    {
        for (int i = 0; i < Length; i++)
        {
            values[i] = (Code(type, (byte)i) - zeroPoint) * scale;
        }
    }

    /// <summary>The table of the numbers for all codes, quantized.</summary>
    public static void Fill(ReadOnlySpan<float> values, float scale, int zeroPoint, ElementType type, Span<byte> table)
    {
        for (int i = 0; i < Length; i++)
        {
            table[i] = Quantize(values[i], scale, zeroPoint, type);
        }
    }

    /// <summary>The table from one scale and zero point to others.</summary>
    public static void FillRequantized(in KernelArguments arguments, int scale, int resultScale, ElementType type, Span<byte> table)
    {
        Span<float> values = stackalloc float[Length];
        FillValues(type, Scale(arguments, scale), ZeroPoint(arguments, scale + 1), values);
        Fill(values, Scale(arguments, resultScale), ZeroPoint(arguments, resultScale + 1), type, table);
    }

    /// <summary>y = table[x].</summary>
    public static void Apply(ReadOnlySpan<byte> table, ReadOnlySpan<byte> x, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = table[x[i]];
        }
    }

    /// <summary>Refuses scales that the engine does not read.</summary>
    public static void RequireScales(NodeContext node, params ReadOnlySpan<int> inputs)
    {
        foreach (int input in inputs)
        {
            if (node.HasInput(input) && !QuantizedElements.IsScale(node.InputType(input)))
            {
                throw node.UnsupportedType(input);
            }
        }
    }
}
