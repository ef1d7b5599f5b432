using System.Numerics;
using Google.Protobuf;
using Toolkit.Numerics;
using Toolkit.Onnx.Protobuf;
using Toolkit.Onnx.Reading;
using Toolkit.Onnx.Writing;

namespace Toolkit.Onnx.Tests.Reading;

public class TensorReaderTests
{
    public static TheoryData<int> Types => [.. ElementTypes.All.Select(info => (int)info.ElementType)];

    private static Tensor Sample(ElementType type) => type switch
    {
        ElementType.Float32 => Tensor.From([2], 1.5f, -2f),
        ElementType.UInt8 => Tensor.From<byte>([2], 0, 255),
        ElementType.Int8 => Tensor.From<sbyte>([2], -128, 127),
        ElementType.UInt16 => Tensor.From<ushort>([2], 0, 65535),
        ElementType.Int16 => Tensor.From<short>([2], -32768, 32767),
        ElementType.Int32 => Tensor.From([2], int.MinValue, int.MaxValue),
        ElementType.Int64 => Tensor.From([2], long.MinValue, long.MaxValue),
        ElementType.String => Tensor.From([2], "", "Käse"),
        ElementType.Bool => Tensor.From([2], true, false),
        ElementType.Float16 => Tensor.From([2], (Half)1.5f, Half.NegativeInfinity),
        ElementType.Float64 => Tensor.From([2], Math.PI, double.NegativeInfinity),
        ElementType.UInt32 => Tensor.From<uint>([2], 0, uint.MaxValue),
        ElementType.UInt64 => Tensor.From([2], 0UL, ulong.MaxValue),
        ElementType.Complex64 => Tensor.From([2], new Complex64(1, -2), new Complex64(3, 4)),
        ElementType.Complex128 => Tensor.From([2], new Complex(1, -2), new Complex(3, 4)),
        ElementType.BFloat16 => Tensor.From([2], (BFloat16)1.5f, (BFloat16)(-2f)),
        ElementType.Float8E4M3Fn => Tensor.From([2], (Float8E4M3Fn)1.5, (Float8E4M3Fn)(-448)),
        ElementType.Float8E4M3Fnuz => Tensor.From([2], (Float8E4M3Fnuz)1.5, (Float8E4M3Fnuz)(-240)),
        ElementType.Float8E5M2 => Tensor.From([2], (Float8E5M2)1.5, (Float8E5M2)(-57344)),
        ElementType.Float8E5M2Fnuz => Tensor.From([2], (Float8E5M2Fnuz)1.5, (Float8E5M2Fnuz)(-57344)),
        ElementType.UInt4 => Tensor.From([2], (UInt4)1, (UInt4)15),
        ElementType.Int4 => Tensor.From([2], (Int4)7, (Int4)(-8)),
        ElementType.Float4E2M1 => Tensor.From([2], (Float4E2M1)1.5, (Float4E2M1)(-6)),
        ElementType.Float8E8M0 => Tensor.From([2], (Float8E8M0)0.5, (Float8E8M0)4),
        ElementType.UInt2 => Tensor.From([2], (UInt2)1, (UInt2)3),
        _ => Tensor.From([2], (Int2)1, (Int2)(-2)),
    };

    private static TensorProto Typed(ElementType type)
    {
        var proto = new TensorProto { Name = "t", DataType = (int)type, Dims = { 2 } };
        switch (type)
        {
            case ElementType.Float32: proto.FloatData.Add([1.5f, -2f]); break;
            case ElementType.UInt8: proto.Int32Data.Add([0, 255]); break;
            case ElementType.Int8: proto.Int32Data.Add([-128, 127]); break;
            case ElementType.UInt16: proto.Int32Data.Add([0, 65535]); break;
            case ElementType.Int16: proto.Int32Data.Add([-32768, 32767]); break;
            case ElementType.Int32: proto.Int32Data.Add([int.MinValue, int.MaxValue]); break;
            case ElementType.Int64: proto.Int64Data.Add([long.MinValue, long.MaxValue]); break;
            case ElementType.String: proto.StringData.Add([ByteString.Empty, ByteString.CopyFromUtf8("Käse")]); break;
            case ElementType.Bool: proto.Int32Data.Add([1, 0]); break;
            case ElementType.Float16: proto.Int32Data.Add([0x3E00, 0xFC00]); break;
            case ElementType.Float64: proto.DoubleData.Add([Math.PI, double.NegativeInfinity]); break;
            case ElementType.UInt32: proto.Uint64Data.Add([0, uint.MaxValue]); break;
            case ElementType.UInt64: proto.Uint64Data.Add([0, ulong.MaxValue]); break;
            case ElementType.Complex64: proto.FloatData.Add([1, -2, 3, 4]); break;
            case ElementType.Complex128: proto.DoubleData.Add([1, -2, 3, 4]); break;
            case ElementType.BFloat16: proto.Int32Data.Add([0x3FC0, 0xC000]); break;
            case ElementType.Float8E4M3Fn: proto.Int32Data.Add([0x3C, 0xFE]); break;
            case ElementType.Float8E4M3Fnuz: proto.Int32Data.Add([0x44, 0xFF]); break;
            case ElementType.Float8E5M2: proto.Int32Data.Add([0x3E, 0xFB]); break;
            case ElementType.Float8E5M2Fnuz: proto.Int32Data.Add([0x42, 0xFF]); break;
            case ElementType.UInt4: proto.Int32Data.Add(0xF1); break;
            case ElementType.Int4: proto.Int32Data.Add(0x87); break;
            case ElementType.Float4E2M1: proto.Int32Data.Add(0xF3); break;
            case ElementType.Float8E8M0: proto.Int32Data.Add([126, 129]); break;
            case ElementType.UInt2: proto.Int32Data.Add(0x0D); break;
            case ElementType.Int2: proto.Int32Data.Add(0x09); break;
        }

        return proto;
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Typed_fields_give_the_elements(int type) => AssertEqual(Sample((ElementType)type), Read(Typed((ElementType)type)));

    [Theory]
    [MemberData(nameof(Types))]
    public void What_is_written_is_read_back(int type) =>
        AssertEqual(Sample((ElementType)type), Read(TensorWriter.Write("t", Sample((ElementType)type))));

    [Theory]
    [MemberData(nameof(Types))]
    public void Too_few_elements_are_refused(int type)
    {
        TensorProto proto = Typed((ElementType)type);
        proto.Dims[0] = 5;
        Refused(proto, "expected");
        proto = TensorWriter.Write("t", Sample((ElementType)type));
        proto.Dims[0] = 5;
        Refused(proto, "expected");
        proto.Dims[0] = 0;
        Refused(proto, "expected");
    }

    [Theory]
    [InlineData(ElementType.UInt8, 256)]
    [InlineData(ElementType.Int8, -129)]
    [InlineData(ElementType.UInt16, -1)]
    [InlineData(ElementType.Int16, 32768)]
    [InlineData(ElementType.Bool, 2)]
    [InlineData(ElementType.Float16, 65536)]
    [InlineData(ElementType.BFloat16, -1)]
    [InlineData(ElementType.Float8E4M3Fn, 256)]
    [InlineData(ElementType.Int4, -1)]
    [InlineData(ElementType.UInt2, 256)]
    public void Numbers_outside_the_type_are_refused(ElementType type, int value) =>
        Refused(new TensorProto { DataType = (int)type, Dims = { 1 }, Int32Data = { value } }, $"int32_data[0] is {value}");

    [Fact]
    public void Bools_other_than_1_are_true()
    {
        Tensor tensor = Read(new TensorProto { DataType = (int)ElementType.Bool, Dims = { 2 }, RawData = ByteString.CopyFrom(2, 0) });
        Assert.Equal([1, 0], tensor.Bytes.ToArray());
    }

    [Fact]
    public void Dimensions_are_checked_before_memory_is_taken()
    {
        Refused(Raw(-1), "dimensions from 0");
        Refused(Raw(long.MaxValue), "dimensions from 0");
        Refused(Raw(int.MaxValue, int.MaxValue, int.MaxValue), "exceeds the limit");
        Refused(Raw(1 << 20, 1 << 10), "exceeds the limit");
        Refused(Raw([.. Enumerable.Repeat(1L, 17)]), "rank of 16 at most");
        Assert.Equal(0, Read(Raw(0, int.MaxValue)).Length);
    }

    [Fact]
    public void Unknown_types_are_refused()
    {
        Refused(new TensorProto { DataType = 99 }, "got 99");
        Refused(new TensorProto { DataType = 27 }, "(1 to 26), got 27");
        Refused(new TensorProto(), "got 0");
    }

    [Fact]
    public void Every_type_of_the_format_has_storage() =>
        Assert.All(Enum.GetValues<TensorProto.Types.DataType>().Where(type => type != TensorProto.Types.DataType.Undefined), type => Assert.NotNull(ElementTypes.Find((ElementType)(int)type)));

    [Theory]
    [InlineData(ElementType.Int4, 3, new byte[] { 0x21, 0x03 }, new byte[] { 1, 2, 3 })]
    [InlineData(ElementType.Float4E2M1, 5, new byte[] { 0x21, 0x43, 0x05 }, new byte[] { 1, 2, 3, 4, 5 })]
    [InlineData(ElementType.UInt2, 5, new byte[] { 0b11_10_01_00, 0b00_00_00_10 }, new byte[] { 0, 1, 2, 3, 2 })]
    [InlineData(ElementType.Int2, 7, new byte[] { 0b00_01_10_11, 0b00_11_01_10 }, new byte[] { 3, 2, 1, 0, 2, 1, 3 })]
    [InlineData(ElementType.UInt4, 0, new byte[0], new byte[0])]
    public void Narrow_elements_are_packed_from_the_lowest_bits_and_the_last_byte_is_filled_up(ElementType type, int count, byte[] packed, byte[] codes)
    {
        var proto = new TensorProto { DataType = (int)type, Dims = { count }, RawData = ByteString.CopyFrom(packed) };
        Tensor tensor = Read(proto);
        Assert.Equal(codes, tensor.Bytes.ToArray());
        Assert.Equal(packed, TensorWriter.Write("t", tensor).RawData.ToByteArray());
        var typed = new TensorProto { DataType = (int)type, Dims = { count }, Int32Data = { packed.Select(value => (int)value) } };
        Assert.Equal(codes, Read(typed).Bytes.ToArray());
        proto.RawData = ByteString.CopyFrom([.. packed, 0]);
        Refused(proto, $"expected {packed.Length} bytes of raw_data for its shape and type, got {packed.Length + 1}");
        typed.Int32Data.Add(0);
        Refused(typed, $"expected {packed.Length} numbers in int32_data for its shape and type, got {packed.Length + 1}");
    }

    [Fact]
    public void The_bits_that_fill_the_last_byte_mean_nothing() =>
        Assert.Equal([1], Read(new TensorProto { DataType = (int)ElementType.Int4, Dims = { 1 }, RawData = ByteString.CopyFrom(0xF1) }).Bytes.ToArray());

    [Fact]
    public void Data_elsewhere_is_refused()
    {
        Refused(new TensorProto { DataType = 1, DataLocation = TensorProto.Types.DataLocation.External }, "another file");
        Refused(new TensorProto { DataType = 1, ExternalData = { new StringStringEntryProto { Key = "location", Value = "/etc/passwd" } } }, "another file");
        Refused(new TensorProto { DataType = 1, Segment = new TensorProto.Types.Segment() }, "segments");
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused() =>
        Refused(new TensorProto { DataType = (int)ElementType.String, Dims = { 1 }, StringData = { ByteString.CopyFrom(0xFF) } }, "UTF-8");

    private static TensorProto Raw(params long[] dims) => new() { DataType = 1, RawData = ByteString.Empty, Dims = { dims } };

    private static Tensor Read(TensorProto proto) => TensorReader.Read(proto, "Initializer 't'", OnnxLimits.Default);

    private static void Refused(TensorProto proto, string message)
    {
        OnnxModelException exception = Assert.Throws<OnnxModelException>(() => Read(proto));
        Assert.StartsWith("Initializer 't': ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static void AssertEqual(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.ElementType, actual.ElementType);
        Assert.Equal(expected.Shape, actual.Shape);
        if (expected is Tensor<string> strings)
        {
            Assert.Equal(strings.ToArray(), actual.As<string>().ToArray());
        }
        else
        {
            Assert.Equal(expected.Bytes.ToArray(), actual.Bytes.ToArray());
        }
    }
}
