using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>Reads the integers of constants such as axes and shapes.</summary>
internal static class Integers
{
    /// <summary>The elements of an int64 or int32 tensor, or null for any other type.</summary>
    public static long[]? Of(Tensor tensor) => tensor switch
    {
        Tensor<long> int64 => int64.ToArray(),
        Tensor<int> int32 => Array.ConvertAll(int32.ToArray(), value => (long)value),
        _ => null,
    };
}
