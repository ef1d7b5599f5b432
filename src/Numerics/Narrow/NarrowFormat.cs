namespace Toolkit.Numerics;

/// <summary>
/// How numbers become elements of at most eight bits and back: ONNX's float8, float4 and integers of four and two bits. In memory each element takes a byte, its code, whose
/// upper bits are 0; only files pack several into one. There is no arithmetic on them: they are cast, quantized, and moved.
/// </summary>
/// <remarks>https://onnx.ai/onnx/technical/float8.html, float4.html, int4.html, int2.html</remarks>
public abstract class NarrowFormat
{
    private const int Codes = 256;

    private readonly float[] _values = new float[Codes];

    private protected NarrowFormat(ElementType elementType, int bitWidth)
    {
        ElementType = elementType;
        BitWidth = bitWidth;
    }

    /// <summary>The format of <see cref="Numerics.Float8E4M3Fn"/>.</summary>
    public static NarrowFormat Float8E4M3Fn { get; } = new MiniFloatFormat(ElementType.Float8E4M3Fn, exponentBits: 4, bias: 7, greatest: 0x7E, overflow: 0x7F, nan: 0x7F);

    /// <summary>The format of <see cref="Numerics.Float8E4M3Fnuz"/>.</summary>
    public static NarrowFormat Float8E4M3Fnuz { get; } = new MiniFloatFormat(ElementType.Float8E4M3Fnuz, exponentBits: 4, bias: 8, greatest: 0x7F, overflow: 0x80, nan: 0x80);

    /// <summary>The format of <see cref="Numerics.Float8E5M2"/>.</summary>
    public static NarrowFormat Float8E5M2 { get; } = new MiniFloatFormat(ElementType.Float8E5M2, exponentBits: 5, bias: 15, greatest: 0x7B, overflow: 0x7C, nan: 0x7E);

    /// <summary>The format of <see cref="Numerics.Float8E5M2Fnuz"/>.</summary>
    public static NarrowFormat Float8E5M2Fnuz { get; } = new MiniFloatFormat(ElementType.Float8E5M2Fnuz, exponentBits: 5, bias: 16, greatest: 0x7F, overflow: 0x80, nan: 0x80);

    /// <summary>The format of <see cref="Numerics.UInt4"/>.</summary>
    public static NarrowFormat UInt4 { get; } = new NarrowIntegerFormat(ElementType.UInt4, 4, isSigned: false);

    /// <summary>The format of <see cref="Numerics.Int4"/>.</summary>
    public static NarrowFormat Int4 { get; } = new NarrowIntegerFormat(ElementType.Int4, 4, isSigned: true);

    /// <summary>The format of <see cref="Numerics.Float4E2M1"/>. NaN becomes -0, as ONNX's conformance tests want it.</summary>
    public static NarrowFormat Float4E2M1 { get; } = new MiniFloatFormat(ElementType.Float4E2M1, exponentBits: 2, bias: 1, greatest: 0x07, overflow: 0x07, nan: 0x08);

    /// <summary>The format of <see cref="Numerics.Float8E8M0"/>.</summary>
    public static NarrowFormat Float8E8M0 { get; } = new PowerOfTwoFormat();

    /// <summary>The format of <see cref="Numerics.UInt2"/>.</summary>
    public static NarrowFormat UInt2 { get; } = new NarrowIntegerFormat(ElementType.UInt2, 2, isSigned: false);

    /// <summary>The format of <see cref="Numerics.Int2"/>.</summary>
    public static NarrowFormat Int2 { get; } = new NarrowIntegerFormat(ElementType.Int2, 2, isSigned: true);

    /// <summary>The element type.</summary>
    public ElementType ElementType { get; }

    /// <summary>Bits an element in a file: 8, 4 or 2.</summary>
    public int BitWidth { get; }

    /// <summary>Whether the elements are integers.</summary>
    public virtual bool IsInteger => false;

    /// <summary>The least finite value.</summary>
    public float Minimum { get; private protected set; }

    /// <summary>The greatest finite value.</summary>
    public float Maximum { get; private protected set; }

    /// <summary>The value of every byte as a code. Bits above <see cref="BitWidth"/> do not count. All values are exact.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The bits that count.</summary>
    public byte Mask => (byte)((1 << BitWidth) - 1);

    /// <summary>The format of an element type; null for any other than the narrow ones.</summary>
    public static NarrowFormat? Find(ElementType elementType) => elementType switch
    {
        ElementType.Float8E4M3Fn => Float8E4M3Fn,
        ElementType.Float8E4M3Fnuz => Float8E4M3Fnuz,
        ElementType.Float8E5M2 => Float8E5M2,
        ElementType.Float8E5M2Fnuz => Float8E5M2Fnuz,
        ElementType.UInt4 => UInt4,
        ElementType.Int4 => Int4,
        ElementType.Float4E2M1 => Float4E2M1,
        ElementType.Float8E8M0 => Float8E8M0,
        ElementType.UInt2 => UInt2,
        ElementType.Int2 => Int2,
        _ => null,
    };

    /// <summary>The value of a code.</summary>
    public float Decode(byte code) => _values[code];

    /// <summary>The code of the element next to a number. Ties go to the even code, but for E8M0, which rounds as it is told.</summary>
    /// <param name="value">The number. Integers outside the range wrap around, and what is no finite number becomes 0.</param>
    /// <param name="saturate">
    /// Whether numbers beyond the range of a float8 become its last finite value; else they become infinity or NaN, whichever the type has. Of float4 they always become that value.
    /// </param>
    /// <param name="rounding">How E8M0 rounds.</param>
    public abstract byte Encode(double value, bool saturate = true, ScaleRounding rounding = ScaleRounding.Up);

    /// <summary>The codes of many numbers.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Encode(ReadOnlySpan<double> values, Span<byte> codes, bool saturate = true, ScaleRounding rounding = ScaleRounding.Up)
    {
        if (codes.Length != values.Length)
        {
            throw new ArgumentException($"NarrowFormat: expected room for {values.Length} codes, got {codes.Length}.", nameof(codes));
        }

        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = Encode(values[i], saturate, rounding);
        }
    }

    /// <summary>
    /// An integer as float64 such that rounding it again, to at most 51 significant bits, gives what rounding the integer at once would give: what does not fit is rounded to odd.
    /// </summary>
    public static double ToDouble(long value) => value < 0 ? -ToDouble((ulong)-value) : ToDouble((ulong)value);

    /// <inheritdoc cref="ToDouble(long)"/>
    public static double ToDouble(ulong value)
    {
        const int DroppedOfAll = 11;
        int dropped = DroppedOfAll - System.Numerics.BitOperations.LeadingZeroCount(value);
        if (dropped <= 0)
        {
            return value;
        }

        ulong kept = value >> dropped << dropped;
        return kept == value ? value : kept | (1UL << dropped);
    }

    /// <summary>Makes the table of values; a derived type calls it when it can decode.</summary>
    private protected void Fill(Func<int, double> decode)
    {
        for (int code = 0; code < Codes; code++)
        {
            _values[code] = (float)decode(code & Mask);
        }
    }
}
