using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>Reads a constant of one element as a number, whatever its type is: depths, lengths, bounds.</summary>
internal static class ScalarConstant
{
    /// <summary>The element as float64; null where there is no constant of one number.</summary>
    public static double? Real(Tensor? constant) => constant switch
    {
        Tensor<float> t => Of(t),
        Tensor<double> t => Of(t),
        Tensor<Half> t => Of(t),
        Tensor<BFloat16> { Length: 1 } t => (float)t.ToScalar(),
        Tensor<sbyte> t => Of(t),
        Tensor<short> t => Of(t),
        Tensor<int> t => Of(t),
        Tensor<long> t => Of(t),
        Tensor<byte> t => Of(t),
        Tensor<ushort> t => Of(t),
        Tensor<uint> t => Of(t),
        Tensor<ulong> t => Of(t),
        _ => null,
    };

    /// <summary>The element as an integer, real numbers truncated; null where there is no constant of one number.</summary>
    public static long? Integer(Tensor? constant) => constant switch
    {
        Tensor<long> { Length: 1 } t => t.ToScalar(),
        Tensor<ulong> { Length: 1 } t => long.CreateSaturating(t.ToScalar()),
        _ => Real(constant) is { } value ? long.CreateSaturating(value) : null,
    };

    private static double? Of<T>(Tensor<T> tensor)
        where T : unmanaged, INumber<T> => tensor.Length == 1 ? double.CreateTruncating(tensor.ToScalar()) : null;
}
