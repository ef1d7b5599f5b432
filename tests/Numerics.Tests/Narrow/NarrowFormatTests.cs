namespace Toolkit.Numerics.Tests;

/// <summary>Formats against their definition: values by the formula of exponent and fraction, codes by a search for the nearest value.</summary>
public class NarrowFormatTests
{
    private static readonly ElementType[] Floats = [ElementType.Float8E4M3Fn, ElementType.Float8E4M3Fnuz, ElementType.Float8E5M2, ElementType.Float8E5M2Fnuz, ElementType.Float4E2M1];

    public static TheoryData<ElementType> FloatTypes => [.. Floats];

    public static TheoryData<ElementType> AllTypes => [.. ElementTypes.All.Select(info => info.ElementType).Where(type => NarrowFormat.Find(type) is not null)];

    [Theory]
    [MemberData(nameof(FloatTypes))]
    public void Every_code_has_the_value_of_the_definition(ElementType type)
    {
        NarrowFormat format = NarrowFormat.Find(type)!;
        for (int code = 0; code <= format.Mask; code++)
        {
            Assert.Equal(Defined(type, code), (double)format.Decode((byte)code));
        }
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void Every_code_is_that_of_its_value(ElementType type)
    {
        NarrowFormat format = NarrowFormat.Find(type)!;
        for (int code = 0; code <= format.Mask; code++)
        {
            float value = format.Decode((byte)code);
            byte again = format.Encode(value);
            if (type == ElementType.Float8E5M2 && float.IsNaN(value))
            {
                Assert.Equal((code & 0x80) | 0x7E, again);
            }
            else if (float.IsInfinity(value))
            {
                Assert.Equal(code, format.Encode(value, saturate: false));
            }
            else
            {
                Assert.Equal(code, again);
            }
        }
    }

    [Theory]
    [MemberData(nameof(FloatTypes))]
    public void A_number_becomes_the_nearest_and_from_the_middle_the_even_code(ElementType type)
    {
        NarrowFormat format = NarrowFormat.Find(type)!;
        (double Value, byte Code)[] finite = [.. Enumerable.Range(0, format.Mask + 1).Select(code => (Value: Defined(type, code), Code: (byte)code)).Where(pair => double.IsFinite(pair.Value) && !double.IsNegative(pair.Value)).OrderBy(pair => pair.Value)];
        for (int i = 0; i + 1 < finite.Length; i++)
        {
            double middle = (finite[i].Value + finite[i + 1].Value) / 2;
            byte even = (finite[i].Code & 1) == 0 ? finite[i].Code : finite[i + 1].Code;
            Assert.Equal(even, format.Encode(middle));
            Assert.Equal(finite[i].Code, format.Encode(Math.BitDecrement(middle)));
            Assert.Equal(finite[i + 1].Code, format.Encode(Math.BitIncrement(middle)));
        }

        var random = new Random((int)type);
        for (int i = 0; i < 3000; i++)
        {
            double value = Math.ScaleB(random.NextDouble() + 1, random.Next(-20, 17));
            Assert.Equal(Nearest(finite, value), format.Encode(value));
            Assert.Equal(Defined(type, Nearest(finite, value)), -(double)format.Decode(format.Encode(-value)));
        }
    }

    [Theory]
    [InlineData(ElementType.Float8E4M3Fn, 448, 464, 0x7E, 0x7F)]
    [InlineData(ElementType.Float8E4M3Fnuz, 240, 248, 0x7F, 0x80)]
    [InlineData(ElementType.Float8E5M2, 57344, 61440, 0x7B, 0x7C)]
    [InlineData(ElementType.Float8E5M2Fnuz, 57344, 61440, 0x7F, 0x80)]
    [InlineData(ElementType.Float4E2M1, 6, 7, 0x07, 0x07)]
    public void Beyond_the_range_saturation_decides(ElementType type, double greatest, double middle, byte last, byte overflow)
    {
        NarrowFormat format = NarrowFormat.Find(type)!;
        Assert.Equal(greatest, format.Maximum);
        Assert.Equal(-greatest, format.Minimum);
        Assert.Equal(last, format.Encode(Math.BitDecrement(middle), saturate: false));
        int sign = type == ElementType.Float4E2M1 ? 0x08 : 0x80;
        foreach (double value in new[] { Math.BitIncrement(middle), 1e30, double.MaxValue, double.PositiveInfinity })
        {
            Assert.Equal(last, format.Encode(value));
            Assert.Equal(last | sign, format.Encode(-value));
            Assert.Equal(overflow, format.Encode(value, saturate: false));
            Assert.Equal(overflow | sign, format.Encode(-value, saturate: false));
        }
    }

    [Fact]
    public void Zeros_and_NaN_keep_their_sign_where_the_format_has_one()
    {
        double nan = double.CopySign(double.NaN, 1);
        Assert.Equal([0x80, 0x7F, 0xFF], Codes(NarrowFormat.Float8E4M3Fn, -0.0, nan, -nan));
        Assert.Equal([0x00, 0x80, 0x80], Codes(NarrowFormat.Float8E4M3Fnuz, -0.0, nan, -nan));
        Assert.Equal([0x80, 0x7E, 0xFE], Codes(NarrowFormat.Float8E5M2, -0.0, nan, -nan));
        Assert.Equal([0x00, 0x80, 0x80], Codes(NarrowFormat.Float8E5M2Fnuz, -0.0, nan, -nan));
        Assert.Equal([0x08, 0x08], Codes(NarrowFormat.Float4E2M1, -0.0, nan));
        Assert.Equal([0x00, 0x80], Codes(NarrowFormat.Float8E5M2Fnuz, -1e-9, double.NaN));
    }

    [Fact]
    public void A_float64_beside_the_middle_is_rounded_once()
    {
        // By way of float32 or float16 these become the middle of 1 and 1.125, from where the even code is taken.
        Assert.Equal(0x39, NarrowFormat.Float8E4M3Fn.Encode(1.0625 + 1e-12));
        Assert.Equal(0x38, NarrowFormat.Float8E4M3Fn.Encode(1.0625 - 1e-12));
        Assert.Equal(0x38, NarrowFormat.Float8E4M3Fn.Encode(1.0625));
        Assert.Equal(0x3F81, ((BFloat16)(1.00390625 + 1e-12)).Bits);
        Assert.Equal(0x3F80, ((BFloat16)1.00390625).Bits);
        Assert.Equal(0x3F81, ((BFloat16)(1.01171875 - 1e-12)).Bits);
    }

    [Fact]
    public void Integers_of_64_bits_are_rounded_once()
    {
        // The middle of two neighbours of bfloat16, and one beside it that float64 cannot tell from it.
        const long Middle = (1L << 62) + (1L << 54);
        Assert.Equal((BFloat16)(float)(1L << 62), (BFloat16)NarrowFormat.ToDouble(Middle));
        Assert.Equal((BFloat16)((float)(1L << 62) + (1L << 55)), (BFloat16)NarrowFormat.ToDouble(Middle + 1));
        Assert.Equal(-(1L << 53), NarrowFormat.ToDouble(-(1L << 53)));
        Assert.Equal((double)long.MinValue, NarrowFormat.ToDouble(long.MinValue));
    }

    [Theory]
    [InlineData(0, true, 0x00, 0x00, 0x00)]
    [InlineData(0, false, 0xFF, 0xFF, 0xFF)]
    [InlineData(1, true, 127, 127, 127)]
    [InlineData(1.25, true, 128, 127, 127)]
    [InlineData(1.5, true, 128, 127, 128)]
    [InlineData(1.75, false, 128, 127, 128)]
    [InlineData(1e-45, true, 0, 0, 0)]
    [InlineData(1e-45, false, 0xFF, 0xFF, 0xFF)]
    [InlineData(1e39, true, 0xFE, 0xFE, 0xFE)]
    [InlineData(1e39, false, 0xFF, 0xFF, 0xFF)]
    [InlineData(double.PositiveInfinity, true, 0xFE, 0xFE, 0xFE)]
    [InlineData(double.PositiveInfinity, false, 0xFF, 0xFF, 0xFF)]
    [InlineData(double.NaN, true, 0xFF, 0xFF, 0xFF)]
    [InlineData(-1, true, 0xFF, 0xFF, 0xFF)]
    [InlineData(-0.0, true, 0x00, 0x00, 0x00)]
    public void E8M0_rounds_to_powers_of_two_as_it_is_told(double value, bool saturate, byte up, byte down, byte nearest)
    {
        Assert.Equal(up, NarrowFormat.Float8E8M0.Encode(value, saturate, ScaleRounding.Up));
        Assert.Equal(down, NarrowFormat.Float8E8M0.Encode(value, saturate, ScaleRounding.Down));
        Assert.Equal(nearest, NarrowFormat.Float8E8M0.Encode(value, saturate, ScaleRounding.Nearest));
    }

    [Fact]
    public void Integers_round_to_even_and_wrap_around()
    {
        Assert.Equal([-8, 7, 7, -8, -1, 0, 0, 0, 2, -2], Values(NarrowFormat.Int4, -8, 7, -9, 8, 15, 16, double.NaN, 0.5, 1.5, -1.5));
        Assert.Equal([15, 0, 15], Values(NarrowFormat.UInt4, 15, 16, -1));
        Assert.Equal([-2, 1, 1, -2], Values(NarrowFormat.Int2, -2, 1, -3, 2));
        Assert.Equal([3, 0, 3], Values(NarrowFormat.UInt2, 3, 4, -1));
        Assert.Equal([0, 0], Values(NarrowFormat.Int4, double.PositiveInfinity, 1e300));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(8)]
    public void What_is_packed_is_unpacked_whatever_the_number(int bitWidth)
    {
        var random = new Random(bitWidth);
        for (int count = 0; count < 20; count++)
        {
            byte[] codes = [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(1 << bitWidth))];
            var packed = new byte[((count * bitWidth) + 7) / 8];
            var again = new byte[count];
            PackedElements.Pack(codes, packed, bitWidth);
            PackedElements.Unpack(packed, again, bitWidth);
            Assert.Equal(codes, again);
            Assert.Throws<ArgumentException>(() => PackedElements.Unpack(new byte[packed.Length + 1], new byte[count], bitWidth));
        }
    }

    [Fact]
    public void Elements_print_as_numbers()
    {
        Assert.Equal("[-8  7]", Tensor.Vector((Int4)(-8), (Int4)7).ToString());
        Assert.Equal("[ 1.5 -2. ]", Tensor.Vector((Float8E4M3Fn)1.5, (Float8E4M3Fn)(-2)).ToString());
        Assert.Equal("1.5", ((Float4E2M1)1.5).ToString());
    }

    private static byte[] Codes(NarrowFormat format, params double[] values) => Array.ConvertAll(values, value => format.Encode(value));

    private static int[] Values(NarrowFormat format, params double[] values) => Array.ConvertAll(values, value => (int)format.Decode(format.Encode(value)));

    private static byte Nearest((double Value, byte Code)[] finite, double value) =>
        finite.OrderBy(pair => Math.Abs(pair.Value - value)).ThenBy(pair => pair.Code & 1).First().Code;

    /// <summary>The value by the definition: ± 2^(e - bias) · (1 + f / 2^m), or ± 2^(1 - bias) · f / 2^m where e is 0.</summary>
    private static double Defined(ElementType type, int code)
    {
        (int exponentBits, int fractionBits, int bias) = type switch
        {
            ElementType.Float8E4M3Fn => (4, 3, 7),
            ElementType.Float8E4M3Fnuz => (4, 3, 8),
            ElementType.Float8E5M2 => (5, 2, 15),
            ElementType.Float8E5M2Fnuz => (5, 2, 16),
            _ => (2, 1, 1),
        };
        int fraction = code & ((1 << fractionBits) - 1);
        int exponent = (code >> fractionBits) & ((1 << exponentBits) - 1);
        double sign = (code >> (fractionBits + exponentBits)) == 0 ? 1 : -1;
        switch (type)
        {
            case ElementType.Float8E4M3Fn when (code & 0x7F) == 0x7F:
            case ElementType.Float8E4M3Fnuz or ElementType.Float8E5M2Fnuz when code == 0x80:
            case ElementType.Float8E5M2 when exponent == 31 && fraction > 0:
                return double.NaN;
            case ElementType.Float8E5M2 when exponent == 31:
                return sign * double.PositiveInfinity;
        }

        double part = fraction / Math.Pow(2, fractionBits);
        return sign * (exponent == 0 ? Math.Pow(2, 1 - bias) * part : Math.Pow(2, exponent - bias) * (1 + part));
    }
}
