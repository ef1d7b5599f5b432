namespace Toolkit.Onnx;

/// <summary>The element types that an operator's definition allows for an input.</summary>
[Flags]
public enum ElementTypeSet
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>float16, bfloat16, float32, float64.</summary>
    Floating = 1,

    /// <summary>int8 to int64.</summary>
    Signed = 2,

    /// <summary>uint8 to uint64.</summary>
    Unsigned = 4,

    /// <summary>bool.</summary>
    Bool = 8,

    /// <summary>Text.</summary>
    String = 16,

    /// <summary>complex64, complex128.</summary>
    Complex = 32,

    /// <summary>float8, float4, and integers of four and two bits: no arithmetic is defined on them.</summary>
    Narrow = 64,

    /// <summary>int8 to int64 and uint8 to uint64.</summary>
    Integer = Signed | Unsigned,

    /// <summary>Integers and floating point.</summary>
    Numeric = Integer | Floating,

    /// <summary>Every type but the narrow ones.</summary>
    Any = Numeric | Bool | String | Complex,

    /// <summary>Every type.</summary>
    All = Any | Narrow,
}
