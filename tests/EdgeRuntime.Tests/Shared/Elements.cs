using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Reads, writes and compares tensors of any number type by way of double.</summary>
internal static class Elements
{
    public static double[] Of(Tensor tensor) => tensor switch
    {
        Tensor<float> t => Array.ConvertAll(t.ToArray(), x => (double)x),
        Tensor<double> t => t.ToArray(),
        Tensor<Half> t => Array.ConvertAll(t.ToArray(), x => (double)x),
        Tensor<BFloat16> t => Array.ConvertAll(t.ToArray(), x => (double)(float)x),
        Tensor<int> t => Array.ConvertAll(t.ToArray(), x => (double)x),
        Tensor<long> t => Array.ConvertAll(t.ToArray(), x => (double)x),
        Tensor<short> t => Array.ConvertAll(t.ToArray(), x => (double)x),
        Tensor<sbyte> t => Array.ConvertAll(t.ToArray(), x => (double)x),
        Tensor<byte> t => Array.ConvertAll(t.ToArray(), x => (double)x),
        Tensor<ushort> t => Array.ConvertAll(t.ToArray(), x => (double)x),
        Tensor<uint> t => Array.ConvertAll(t.ToArray(), x => (double)x),
        Tensor<ulong> t => Array.ConvertAll(t.ToArray(), x => (double)x),
        Tensor<bool> t => Array.ConvertAll(t.ToArray(), x => x ? 1.0 : 0.0),
        _ => NarrowFormat.Find(tensor.ElementType) is { } format ? Array.ConvertAll(tensor.Bytes.ToArray(), code => (double)format.Decode(code))
            : throw new ArgumentException($"{tensor.ElementType} has no numbers."),
    };

    public static Tensor From(ElementType type, Shape shape, double[] values) => type switch
    {
        ElementType.Float32 => Tensor.From(shape, Array.ConvertAll(values, x => (float)x)),
        ElementType.Float64 => Tensor.From(shape, values),
        ElementType.Float16 => Tensor.From(shape, Array.ConvertAll(values, x => (Half)x)),
        ElementType.BFloat16 => Tensor.From(shape, Array.ConvertAll(values, x => (BFloat16)x)),
        ElementType.Int8 => Tensor.From(shape, Array.ConvertAll(values, x => (sbyte)x)),
        ElementType.UInt8 => Tensor.From(shape, Array.ConvertAll(values, x => (byte)x)),
        ElementType.Int16 => Tensor.From(shape, Array.ConvertAll(values, x => (short)x)),
        ElementType.UInt16 => Tensor.From(shape, Array.ConvertAll(values, x => (ushort)x)),
        ElementType.Int32 => Tensor.From(shape, Array.ConvertAll(values, x => (int)x)),
        ElementType.UInt32 => Tensor.From(shape, Array.ConvertAll(values, x => (uint)x)),
        ElementType.Int64 => Tensor.From(shape, Array.ConvertAll(values, x => (long)x)),
        ElementType.UInt64 => Tensor.From(shape, Array.ConvertAll(values, x => (ulong)x)),
        ElementType.Bool => Tensor.From(shape, Array.ConvertAll(values, x => x != 0)),
        _ => NarrowFormat.Find(type) is { } format ? Narrow(format, shape, values) : throw new ArgumentException($"{type} has no numbers."),
    };

    private static Tensor Narrow(NarrowFormat format, Shape shape, double[] values)
    {
        Tensor tensor = Tensor.Create(format.ElementType, shape);
        format.Encode(values, tensor.Bytes);
        return tensor;
    }

    /// <summary>Asserts type, shape and elements: |actual - expected| ≤ absolute + relative · |expected|; NaN equals NaN.</summary>
    public static void AssertClose(Tensor expected, Tensor actual, double absolute = 1e-6, double relative = 1e-5)
    {
        Assert.Equal(expected.ElementType, actual.ElementType);
        Assert.Equal(expected.Shape, actual.Shape);
        if (expected is Tensor<string> strings)
        {
            Assert.Equal(strings.ToArray(), actual.As<string>().ToArray());
            return;
        }

        double[] x = Of(expected);
        double[] y = Of(actual);
        for (int i = 0; i < x.Length; i++)
        {
            bool close = x[i].Equals(y[i]) || x[i] == y[i] || Math.Abs(x[i] - y[i]) <= absolute + (relative * Math.Abs(x[i]));
            Assert.True(close, $"element {i}: expected {x[i]:R}, got {y[i]:R}");
        }
    }
}
