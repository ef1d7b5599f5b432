using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Reads elements of any number type as integers: indices that a model may store in any type.</summary>
internal static class NumberInput
{
    /// <summary>Whether the element type is one that this class reads.</summary>
    public static bool Accepts(ElementType type) => type is ElementType.Float32 or ElementType.Float64 or ElementType.Float16
        or ElementType.Int8 or ElementType.Int16 or ElementType.Int32 or ElementType.Int64
        or ElementType.UInt8 or ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64;

    /// <summary>All elements; real numbers are truncated, and the nearest integer that there is where they are out of range.</summary>
    public static void Read(Tensor tensor, Span<long> integers)
    {
        switch (tensor)
        {
            case Tensor<long> t: t.Span.CopyTo(integers); break;
            case Tensor<int> t: Convert<int>(t.Span, integers); break;
            case Tensor<float> t: Convert<float>(t.Span, integers); break;
            case Tensor<double> t: Convert<double>(t.Span, integers); break;
            case Tensor<Half> t: Convert<Half>(t.Span, integers); break;
            case Tensor<sbyte> t: Convert<sbyte>(t.Span, integers); break;
            case Tensor<short> t: Convert<short>(t.Span, integers); break;
            case Tensor<byte> t: Convert<byte>(t.Span, integers); break;
            case Tensor<ushort> t: Convert<ushort>(t.Span, integers); break;
            case Tensor<uint> t: Convert<uint>(t.Span, integers); break;
            default: Convert<ulong>(tensor.As<ulong>().Span, integers); break;
        }
    }

    private static void Convert<T>(ReadOnlySpan<T> x, Span<long> integers)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            integers[i] = long.CreateSaturating(x[i]);
        }
    }
}
