using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>From an element type that the model names to a generic kernel, without reflection.</summary>
internal static class TypeDispatch
{
    /// <summary>The kernel for a number type; null where the type is not one with arithmetic.</summary>
    public static OperatorKernel? Number<TFactory>(ElementType type, TFactory factory)
        where TFactory : INumberFactory => type switch
        {
            ElementType.Float32 => factory.Create<float>(),
            ElementType.Float64 => factory.Create<double>(),
            ElementType.Float16 => factory.Create<Half>(),
            ElementType.Int8 => factory.Create<sbyte>(),
            ElementType.Int16 => factory.Create<short>(),
            ElementType.Int32 => factory.Create<int>(),
            ElementType.Int64 => factory.Create<long>(),
            ElementType.UInt8 => factory.Create<byte>(),
            ElementType.UInt16 => factory.Create<ushort>(),
            ElementType.UInt32 => factory.Create<uint>(),
            ElementType.UInt64 => factory.Create<ulong>(),
            _ => null,
        };

    /// <summary>
    /// The kernel for a type that the engine computes in: a number type of 32 bits or more, or an integer; null for any other. Half-precision
    /// elements are widened before they are computed with.
    /// </summary>
    public static OperatorKernel? Computed<TFactory>(ElementType type, TFactory factory)
        where TFactory : INumberFactory => type == ElementType.Float16 ? null : Number(type, factory);

    /// <summary>The kernel for an integer type; null for any other.</summary>
    public static OperatorKernel? Integer<TFactory>(ElementType type, TFactory factory)
        where TFactory : IIntegerFactory => type switch
        {
            ElementType.Int8 => factory.Create<sbyte>(),
            ElementType.Int16 => factory.Create<short>(),
            ElementType.Int32 => factory.Create<int>(),
            ElementType.Int64 => factory.Create<long>(),
            ElementType.UInt8 => factory.Create<byte>(),
            ElementType.UInt16 => factory.Create<ushort>(),
            ElementType.UInt32 => factory.Create<uint>(),
            ElementType.UInt64 => factory.Create<ulong>(),
            _ => null,
        };

    /// <summary>The kernel for any element type that has storage. Narrow elements are moved as their codes, which are bytes.</summary>
    public static OperatorKernel? Element<TFactory>(ElementType type, TFactory factory)
        where TFactory : IElementFactory => type switch
        {
            ElementType.Float32 => factory.Create<float>(),
            ElementType.Float64 => factory.Create<double>(),
            ElementType.Float16 => factory.Create<Half>(),
            ElementType.BFloat16 => factory.Create<BFloat16>(),
            ElementType.Int8 => factory.Create<sbyte>(),
            ElementType.Int16 => factory.Create<short>(),
            ElementType.Int32 => factory.Create<int>(),
            ElementType.Int64 => factory.Create<long>(),
            ElementType.UInt8 => factory.Create<byte>(),
            ElementType.UInt16 => factory.Create<ushort>(),
            ElementType.UInt32 => factory.Create<uint>(),
            ElementType.UInt64 => factory.Create<ulong>(),
            ElementType.Bool => factory.Create<bool>(),
            ElementType.String => factory.Create<string>(),
            ElementType.Complex64 => factory.Create<Complex64>(),
            ElementType.Complex128 => factory.Create<System.Numerics.Complex>(),
            _ => NarrowFormat.Find(type) is null ? null : factory.Create<byte>(),
        };
}
