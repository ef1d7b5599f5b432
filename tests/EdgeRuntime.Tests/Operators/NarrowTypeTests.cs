using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Operators;

/// <summary>Operators on float8, float4 and integers of four and two bits.</summary>
public sealed class NarrowTypeTests
{
    private static readonly ElementType[] Numbers =
    [
        ElementType.Float32, ElementType.Float64, ElementType.Float16, ElementType.BFloat16, ElementType.Int8, ElementType.Int16, ElementType.Int32, ElementType.Int64,
        ElementType.UInt8, ElementType.UInt16, ElementType.UInt32, ElementType.UInt64, ElementType.Bool,
    ];

    public static TheoryData<ElementType> Narrow => [.. ElementTypes.All.Select(info => info.ElementType).Where(type => NarrowFormat.Find(type) is not null)];

    [Theory]
    [MemberData(nameof(Narrow))]
    public void Every_number_type_is_cast_to_it_and_back(ElementType type)
    {
        double[] values = type == ElementType.Float8E8M0 ? [1, 1, 1] : [0, 1, 1];
        foreach (ElementType other in Numbers.Concat(ElementTypes.All.Select(info => info.ElementType).Where(known => NarrowFormat.Find(known) is not null)))
        {
            if (other == ElementType.Float8E8M0 && values[0] == 0)
            {
                continue;
            }

            // One is in every type, two bits with a sign included.
            Tensor x = Elements.From(other, [3], values);
            Tensor there = Run(new O.Cast(type), x);
            Assert.Equal(type, there.ElementType);
            Assert.Equal(values, Elements.Of(there));
            Elements.AssertClose(x, Run(new O.Cast(other), there));
            Elements.AssertClose(there, Run(new O.CastLike(), x, there));
        }

        if (type != ElementType.Float8E8M0)
        {
            Tensor texts = Tensor.Vector("0", "1", "1");
            Assert.Equal(["0", "1", "1"], Run(new O.Cast(ElementType.String), Run(new O.Cast(type), texts)).As<string>().ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Narrow))]
    public void All_codes_are_cast_to_every_number_type(ElementType type)
    {
        NarrowFormat format = NarrowFormat.Find(type)!;
        Tensor x = Tensor.Create(type, [format.Mask + 1]);
        for (int code = 0; code < x.Length; code++)
        {
            x.Bytes[code] = (byte)code;
        }

        float[] values = format.Values[..x.Length].ToArray();
        Assert.Equal(values, Run(new O.Cast(ElementType.Float32), x).As<float>().ToArray());
        Assert.Equal(Array.ConvertAll(values, value => (Half)value), Run(new O.Cast(ElementType.Float16), x).As<Half>().ToArray());
        Assert.Equal(Array.ConvertAll(values, value => value != 0), Run(new O.Cast(ElementType.Bool), x).As<bool>().ToArray());
        Assert.Equal(Array.ConvertAll(values, value => float.IsNaN(value) ? 0 : (long)Math.Clamp(Math.Truncate((double)value), long.MinValue, long.MaxValue)), Run(new O.Cast(ElementType.Int64), x).As<long>().ToArray());
    }

    [Fact]
    public void Saturation_and_rounding_are_the_nodes()
    {
        Tensor x = Tensor.Vector(1e6f, -1e6f, float.PositiveInfinity, 449f);
        Assert.Equal([0x7E, 0xFE, 0x7E, 0x7E], Run(new O.Cast(ElementType.Float8E4M3Fn), x).Bytes.ToArray());
        Assert.Equal([0x7F, 0xFF, 0x7F, 0x7E], Run(new O.Cast(ElementType.Float8E4M3Fn, Saturate: false), x).Bytes.ToArray());
        Assert.Equal([0x7C, 0xFC, 0x7C, 0x5F], Run(new O.CastLike(false), x, Tensor.Create(ElementType.Float8E5M2, [])).Bytes.ToArray());
        Tensor scales = Tensor.Vector(1.25f, 1.5f, 1.75f);
        Assert.Equal([128, 128, 128], Run(new O.Cast(ElementType.Float8E8M0), scales).Bytes.ToArray());
        Assert.Equal([127, 127, 127], Run(new O.Cast(ElementType.Float8E8M0, RoundMode: ScaleRounding.Down), scales).Bytes.ToArray());
        Assert.Equal([127, 128, 128], Run(new O.Cast(ElementType.Float8E8M0, RoundMode: ScaleRounding.Nearest), scales).Bytes.ToArray());
        Assert.Equal([0x39], Run(new O.Cast(ElementType.Float8E4M3Fn), Tensor.Vector(1.0625 + 1e-12)).Bytes.ToArray());
    }

    [Fact]
    public void Integers_of_any_size_keep_their_low_bits()
    {
        Assert.Equal([0x0F, 0x05, 0x00], Run(new O.Cast(ElementType.Int4), Tensor.Vector(-1L, long.MinValue + 5, 1L << 40)).Bytes.ToArray());
        Assert.Equal([0x03, 0x01], Run(new O.Cast(ElementType.UInt2), Tensor.Vector<ulong>(ulong.MaxValue, 5)).Bytes.ToArray());
        Assert.Equal([0x03, 0x00], Run(new O.Cast(ElementType.Int2), Tensor.Vector((Int4)(-1), (Int4)(-8))).Bytes.ToArray());
    }

    [Theory]
    [MemberData(nameof(Narrow))]
    public void Elements_are_moved_as_they_are(ElementType type)
    {
        Tensor x = Tensor.Create(type, [2, 3]);
        for (int i = 0; i < x.Length; i++)
        {
            x.Bytes[i] = (byte)(i + 1 & NarrowFormat.Find(type)!.Mask);
        }

        byte[] codes = x.Bytes.ToArray();
        Assert.Equal(codes, Run(new O.Identity(), x).Bytes.ToArray());
        Assert.Equal(codes, Run(new O.Reshape(), x, Tensor.Vector(3L, 2)).Bytes.ToArray());
        Assert.Equal(codes, Run(new O.Flatten(), x).Bytes.ToArray());
        Assert.Equal(codes, Run(new O.Unsqueeze(), x, Tensor.Vector(0L)).Bytes.ToArray());
        Assert.Equal([codes[0], codes[3], codes[1], codes[4], codes[2], codes[5]], Run(new O.Transpose(), x).Bytes.ToArray());
        Assert.Equal([2, 3], Run(new O.Shape(), x).As<long>().ToArray());
        Assert.Equal(6, Run(new O.Size(), x).As<long>().ToScalar());
        Assert.Equal([.. codes, .. codes], Run(new O.Concat(0), x, x).Bytes.ToArray());
        Assert.Equal(codes[3..], Run(new O.Gather(), x, Tensor.Vector(1L)).Bytes.ToArray());
        Assert.Equal(codes[..3], Run(new O.Slice(), x, Tensor.Vector(0L), Tensor.Vector(1L)).Bytes.ToArray());
        Tensor value = Tensor.Create(type, [1]);
        value.Bytes[0] = codes[1];
        Assert.Equal([codes[1], codes[1]], Run(new O.ConstantOfShape(value), Tensor.Vector(2L)).Bytes.ToArray());
        ElementType twin = ElementTypes.Get(type).BitWidth switch { 8 => ElementType.UInt8, 4 => ElementType.UInt4, _ => ElementType.UInt2 };
        Assert.Equal(codes, Run(new O.BitCast(twin), x).Bytes.ToArray());
        Assert.Throws<OnnxModelException>(() => Run(new O.BitCast(ElementType.Int16), x));
    }

    [Theory]
    [MemberData(nameof(Narrow))]
    public void Arithmetic_is_refused(ElementType type)
    {
        Tensor x = Tensor.Create(type, [2, 2]);
        foreach (Operator op in new Operator[] { new O.Add(), new O.MatMul(), new O.Equal(), new O.Max() })
        {
            Exception exception = Assert.ThrowsAny<Exception>(() => Run(op, x, x));
            Assert.True(exception is OnnxModelException or UnsupportedOperatorException, $"{op.OpType}: {exception}");
            Assert.Contains(ElementTypes.Get(type).Name, exception.Message, StringComparison.Ordinal);
        }

        Assert.Throws<UnsupportedOperatorException>(() => Run(new O.NonZero(), x));
    }

    [Theory]
    [MemberData(nameof(Narrow))]
    public void Quantizing_and_back_follows_the_formula(ElementType type)
    {
        if (type == ElementType.Float8E8M0)
        {
            Assert.Throws<OnnxModelException>(() => Run(new O.QuantizeLinear(OutputType: type), Tensor.Vector(1f), Tensor.Scalar(1f)));
            return;
        }

        NarrowFormat format = NarrowFormat.Find(type)!;
        Tensor x = new RandomTensors(5).Float(2, 6, 3);
        foreach ((int[] shape, int axis, int block) in new (int[], int, int)[] { ([], 1, 0), ([6], 1, 0), ([3], -1, 0), ([2, 2, 3], 1, 3), ([2, 6, 2], 2, 2) })
        {
            int count = new Shape(shape).Length;
            float[] scales = [.. Enumerable.Range(0, count).Select(i => 0.1f + (0.03f * i))];
            Tensor scale = Tensor.From(new Shape(shape), scales);
            Tensor zero = Elements.From(type, new Shape(shape), [.. Enumerable.Range(0, count).Select(i => format.IsInteger ? i % 2 : 0.0)]);
            double[] zeros = Elements.Of(zero);
            float[] numbers = x.As<float>().ToArray();
            Tensor y = Run(new O.QuantizeLinear(axis, block), x, scale, zero);
            Tensor back = Run(new O.DequantizeLinear(axis, block), y, scale, zero);
            Assert.Equal(type, y.ElementType);
            for (int i = 0; i < numbers.Length; i++)
            {
                (int n, int c, int k) = (i / 18, i / 3 % 6, i % 3);
                int at = count == 1 ? 0 : shape.Length == 1 ? (axis == 1 ? c : k) : block == 3 ? (((n * 2) + (c / 3)) * 3) + k : (((n * 6) + c) * 2) + (k / 2);
                float quotient = numbers[i] / scales[at];
                byte expected = format.IsInteger
                    ? format.Encode(Math.Clamp(Math.Round((double)quotient) + zeros[at], format.Minimum, format.Maximum))
                    : format.Encode(quotient);
                Assert.Equal(expected, y.Bytes[i]);
                Assert.Equal((format.Decode(expected) - (float)zeros[at]) * scales[at], back.As<float>().Span[i]);
            }

            Elements.AssertClose(y, Run(new O.QuantizeLinear(axis, block, type), x, scale, format.IsInteger ? zero : null));
        }
    }

    [Fact]
    public void Scales_and_numbers_of_other_types_are_computed_in_the_precision_that_is_asked_for()
    {
        // 1 / 3 in float16 is 0.33325; times 3 · 2^11 it decides the rounding.
        Tensor x = Tensor.Vector((Half)683, (Half)(-2.5f));
        Assert.Equal([-5, 2], Array.ConvertAll(Run(new O.QuantizeLinear(OutputType: ElementType.Int4), Tensor.Vector((Half)(-10), (Half)4.5f), Tensor.Scalar((Half)2)).As<Int4>().ToArray(), value => (int)value));
        Assert.Equal(228, Run(new O.QuantizeLinear(), x, Tensor.Scalar((Half)3)).As<byte>().Span[0]);
        Assert.Equal([4, 0], Run(new O.QuantizeLinear(OutputType: ElementType.UInt4), Tensor.Vector(16f, -1f), Tensor.Scalar(new Float8E8M0(129))).Bytes.ToArray());
        Assert.Equal([3, 2], Run(new O.QuantizeLinear(OutputType: ElementType.UInt4), Tensor.Vector(8, 5), Tensor.Scalar(3)).Bytes.ToArray());
        Tensor dequantized = Run(new O.DequantizeLinear(OutputType: ElementType.Float16), Tensor.Vector((Float4E2M1)1.5, (Float4E2M1)(-6)), Tensor.Scalar(new Float8E8M0(128)));
        Assert.Equal([(Half)3, (Half)(-12)], dequantized.As<Half>().ToArray());
        Assert.Throws<OnnxModelException>(() => Run(new O.DequantizeLinear(), Tensor.Vector((Float4E2M1)1.5), Tensor.Scalar(new Float8E8M0(128))));
        Assert.Equal([(BFloat16)0.5f], Run(new O.DequantizeLinear(), Tensor.Vector((Int2)1), Tensor.Scalar((BFloat16)0.5f)).As<BFloat16>().ToArray());
        Assert.Equal([0x7E], Run(new O.QuantizeLinear(OutputType: ElementType.Float8E4M3Fn), Tensor.Vector(1e9f), Tensor.Scalar(1f)).Bytes.ToArray());
        Assert.Equal([0x7F], Run(new O.QuantizeLinear(OutputType: ElementType.Float8E4M3Fn, Saturate: false), Tensor.Vector(1e9f), Tensor.Scalar(1f)).Bytes.ToArray());
    }

    [Fact]
    public void A_shape_that_wraps_around_on_the_way_is_the_one_that_is_computed()
    {
        var builder = new ModelBuilder();
        string shape = builder.Node(new O.Cast(ElementType.Int64), builder.Node(new O.Cast(ElementType.UInt8), builder.Constant(Tensor.Vector(258L))));
        builder.Input("x", 2);
        string y = builder.Node(new O.Reshape(), "x", shape);
        using ManagedSession session = ManagedBackend.Compile(builder.Output(y).Build(25));
        Assert.Equal([2], session.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Vector(1f, 2f) }).GetAt(0).Value.Shape);
    }

    private static Tensor Run(Operator op, params Tensor?[] inputs)
    {
        var @case = new OperatorCase(op.OpType, op, inputs, inputs[0]!) { MinOpset = 26 };
        using ManagedSession session = ManagedBackend.Compile(@case.ToModel(constants: false));
        return session.Run(@case.Feeds()).GetAt(0).Value;
    }
}
