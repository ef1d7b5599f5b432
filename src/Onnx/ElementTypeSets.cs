using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>Membership of <see cref="ElementTypeSet"/>.</summary>
internal static class ElementTypeSets
{
    public static ElementTypeSet Of(ElementType type) => type switch
    {
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Float32 or ElementType.Float64 => ElementTypeSet.Floating,
        ElementType.Int8 or ElementType.Int16 or ElementType.Int32 or ElementType.Int64 => ElementTypeSet.Signed,
        ElementType.UInt8 or ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64 => ElementTypeSet.Unsigned,
        ElementType.Bool => ElementTypeSet.Bool,
        ElementType.String => ElementTypeSet.String,
        ElementType.Complex64 or ElementType.Complex128 => ElementTypeSet.Complex,
        _ => NarrowFormat.Find(type) is null ? ElementTypeSet.None : ElementTypeSet.Narrow,
    };
}
