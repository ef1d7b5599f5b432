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
}
