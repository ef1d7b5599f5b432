namespace Toolkit.Numerics.Npy;

/// <summary>The values of tensors whose element type NumPy lacks, in the least type that holds each of them exactly.</summary>
internal static class NpyValues
{
    /// <summary>The tensor itself where NumPy has its type, or no value could be said (strings).</summary>
    public static Tensor Of(Tensor tensor) => tensor is Tensor<BFloat16> halves
        ? new Tensor<float>(tensor.Shape, Array.ConvertAll(halves.ToArray(), value => (float)value))
        : NarrowFormat.Find(tensor.ElementType) switch
        {
            null => tensor,
            { IsInteger: false } format => Map(tensor, code => format.Decode(code)),
            { Minimum: < 0 } format => Map(tensor, code => (sbyte)format.Decode(code)),
            var format => Map(tensor, code => (byte)format.Decode(code)),
        };

    private static Tensor<T> Map<T>(Tensor tensor, Converter<byte, T> convert) => new(tensor.Shape, Array.ConvertAll(tensor.Contiguous().Bytes.ToArray(), convert));
}
