using System.Globalization;
using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Conformance;

/// <summary>
/// The comparison of ONNX's own runner (<c>onnx/backend/test/runner</c>): |actual - expected| ≤ <paramref name="Absolute"/> + <paramref name="Relative"/> · |expected|
/// for floating-point and complex numbers, where NaN agrees with NaN and an infinity with itself; integers, bools and strings must be equal, which for integers
/// is stricter than that runner. Element types and shapes must be equal.
/// </summary>
/// <param name="Relative">The relative part of what may differ.</param>
/// <param name="Absolute">The absolute part.</param>
public sealed record ConformanceTolerance(double Relative, double Absolute)
{
    /// <summary>ONNX's: relative 10⁻³, absolute 10⁻⁷.</summary>
    public static ConformanceTolerance Onnx { get; } = new(1e-3, 1e-7);

    /// <summary>What differs between two values of any kind, in one line; null where they agree.</summary>
    public string? Difference(OnnxValue expected, OnnxValue actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        switch (expected, actual)
        {
            case (OnnxTensor a, OnnxTensor b):
                return Difference(a.Tensor, b.Tensor);
            case (OnnxSequence a, OnnxSequence b):
                if (a.Count != b.Count)
                {
                    return $"expected a sequence of {a.Count}, got one of {b.Count}";
                }

                for (int i = 0; i < a.Count; i++)
                {
                    if (Difference(a[i], b[i]) is { } difference)
                    {
                        return $"element {i}: {difference}";
                    }
                }

                return null;
            case (OnnxOptional a, OnnxOptional b):
                return (a.Value, b.Value) switch
                {
                    (null, null) => null,
                    ({ } x, { } y) => Difference(x, y),
                    _ => $"expected {a}, got {b}",
                };
            case (OnnxMap a, OnnxMap b):
                return Difference(a.Keys, b.Keys) ?? Difference(a.Values, b.Values);
            default:
                return $"expected {expected.Type}, got {actual.Type}";
        }
    }

    /// <summary>What differs between two tensors, in one line; null where they agree.</summary>
    public string? Difference(Tensor expected, Tensor actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        if (expected.ElementType != actual.ElementType)
        {
            return $"expected element type {ElementTypes.Get(expected.ElementType).Name}, got {ElementTypes.Get(actual.ElementType).Name}";
        }

        if (expected.Shape != actual.Shape)
        {
            return $"expected shape {expected.Shape}, got {actual.Shape}";
        }

        return expected switch
        {
            Tensor<float> tensor => Compare(tensor, actual, (x, y) => IsClose(x, y)),
            Tensor<double> tensor => Compare(tensor, actual, IsClose),
            Tensor<Half> tensor => Compare(tensor, actual, (x, y) => IsClose((double)x, (double)y)),
            Tensor<BFloat16> tensor => Compare(tensor, actual, (x, y) => IsClose((float)x, (float)y)),
            Tensor<Complex64> tensor => Compare(tensor, actual, (x, y) => IsClose(new Complex(x.Real, x.Imaginary), new Complex(y.Real, y.Imaginary))),
            Tensor<Complex> tensor => Compare(tensor, actual, IsClose),
            Tensor<string> tensor => Compare(tensor, actual, string.Equals),
            _ when NarrowFormat.Find(expected.ElementType) is { IsInteger: false } format => CompareCodes(expected.Contiguous().Bytes, actual.Contiguous().Bytes, format),
            _ => expected.Contiguous().Bytes.SequenceEqual(actual.Contiguous().Bytes) ? null : FirstDifferentBytes(expected.Contiguous(), actual.Contiguous()),
        };
    }

    // Real numbers of 8 bits and less: the two zeros are one number, and any NaN is NaN.
    private static string? CompareCodes(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, NarrowFormat format)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            float x = format.Decode(expected[i]);
            float y = format.Decode(actual[i]);
            if (x != y && !x.Equals(y))
            {
                return string.Create(CultureInfo.InvariantCulture, $"the first element that differs is {i}: expected {x}, got {y}");
            }
        }

        return null;
    }

    private static string? Compare<T>(Tensor<T> expected, Tensor actual, Func<T, T, bool> agree)
    {
        T[] x = expected.ToArray();
        T[] y = actual.As<T>().ToArray();
        int different = 0;
        int first = -1;
        for (int i = 0; i < x.Length; i++)
        {
            if (!agree(x[i], y[i]))
            {
                first = first < 0 ? i : first;
                different++;
            }
        }

        return first < 0 ? null : string.Create(
            CultureInfo.InvariantCulture, $"{different} of {x.Length} elements differ, the first is element {first}: expected {x[first]}, got {y[first]}");
    }

    private static string FirstDifferentBytes(Tensor expected, Tensor actual)
    {
        int size = expected.Bytes.Length / expected.Length;
        int first = expected.Bytes.CommonPrefixLength(actual.Bytes) / size;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"the first element that differs is {first}: expected 0x{Hex(expected, first, size)}, got 0x{Hex(actual, first, size)} (bytes in memory's order)");
    }

    private static string Hex(Tensor tensor, int element, int size) => Convert.ToHexString(tensor.Bytes.Slice(element * size, size));

    private bool IsClose(double expected, double actual) =>
        expected.Equals(actual) || expected == actual
        || (double.IsFinite(expected) && Math.Abs(actual - expected) <= Absolute + (Relative * Math.Abs(expected)));

    private bool IsClose(Complex expected, Complex actual) =>
        expected.Equals(actual)
        || (Complex.IsFinite(expected) && Complex.Abs(actual - expected) <= Absolute + (Relative * Complex.Abs(expected)));
}
