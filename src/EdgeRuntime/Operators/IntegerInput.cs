using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Reads lists of int64 or int32: axes, starts, indices.</summary>
internal static class IntegerInput
{
    /// <summary>One element.</summary>
    public static long Read(Tensor tensor, int index) => tensor is Tensor<int> int32 ? int32.Span[index] : ((Tensor<long>)tensor).Span[index];

    /// <summary>Whether the element type is one that this class reads.</summary>
    public static bool Accepts(ElementType type) => type is ElementType.Int32 or ElementType.Int64;
}
