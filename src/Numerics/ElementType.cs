namespace Toolkit.Numerics;

/// <summary>
/// The type of a tensor's elements. The values are ONNX's <c>TensorProto.DataType</c> numbers
/// (onnx.proto), so that a stored type needs no translation.
/// </summary>
public enum ElementType
{
    /// <summary>No type: not a tensor, or not known yet.</summary>
    Undefined = 0,

    /// <summary>IEEE 754 binary32, <see cref="float"/>.</summary>
    Float32 = 1,

    /// <summary><see cref="byte"/>.</summary>
    UInt8 = 2,

    /// <summary><see cref="sbyte"/>.</summary>
    Int8 = 3,

    /// <summary><see cref="ushort"/>.</summary>
    UInt16 = 4,

    /// <summary><see cref="short"/>.</summary>
    Int16 = 5,

    /// <summary><see cref="int"/>.</summary>
    Int32 = 6,

    /// <summary><see cref="long"/>.</summary>
    Int64 = 7,

    /// <summary><see cref="string"/>.</summary>
    String = 8,

    /// <summary><see cref="bool"/>, one byte an element.</summary>
    Bool = 9,

    /// <summary>IEEE 754 binary16, <see cref="Half"/>.</summary>
    Float16 = 10,

    /// <summary>IEEE 754 binary64, <see cref="double"/>.</summary>
    Float64 = 11,

    /// <summary><see cref="uint"/>.</summary>
    UInt32 = 12,

    /// <summary><see cref="ulong"/>.</summary>
    UInt64 = 13,

    /// <summary>A pair of binary32, <see cref="Numerics.Complex64"/>.</summary>
    Complex64 = 14,

    /// <summary>A pair of binary64, <see cref="System.Numerics.Complex"/>.</summary>
    Complex128 = 15,

    /// <summary>The upper half of a binary32, <see cref="Numerics.BFloat16"/>.</summary>
    BFloat16 = 16,

    /// <summary>One sign, four exponent and three fraction bits, no infinity, <see cref="Numerics.Float8E4M3Fn"/>.</summary>
    Float8E4M3Fn = 17,

    /// <summary>As <see cref="Float8E4M3Fn"/> without negative zero, <see cref="Numerics.Float8E4M3Fnuz"/>.</summary>
    Float8E4M3Fnuz = 18,

    /// <summary>One sign, five exponent and two fraction bits, <see cref="Numerics.Float8E5M2"/>.</summary>
    Float8E5M2 = 19,

    /// <summary>As <see cref="Float8E5M2"/> without infinity and negative zero, <see cref="Numerics.Float8E5M2Fnuz"/>.</summary>
    Float8E5M2Fnuz = 20,

    /// <summary>An integer from 0 to 15, <see cref="Numerics.UInt4"/>.</summary>
    UInt4 = 21,

    /// <summary>An integer from -8 to 7, <see cref="Numerics.Int4"/>.</summary>
    Int4 = 22,

    /// <summary>One sign, two exponent and one fraction bit, <see cref="Numerics.Float4E2M1"/>.</summary>
    Float4E2M1 = 23,

    /// <summary>A power of two from 2⁻¹²⁷ to 2¹²⁷, <see cref="Numerics.Float8E8M0"/>.</summary>
    Float8E8M0 = 24,

    /// <summary>An integer from 0 to 3, <see cref="Numerics.UInt2"/>.</summary>
    UInt2 = 25,

    /// <summary>An integer from -2 to 1, <see cref="Numerics.Int2"/>.</summary>
    Int2 = 26,
}
