using System.Buffers.Binary;
using System.IO.Compression;
using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<byte, int> ElementTypeCodes => new() { { 0x08, 1 }, { 0x09, 1 }, { 0x0B, 2 }, { 0x0C, 4 }, { 0x0D, 4 }, { 0x0E, 8 } };

    public static TheoryData<ElementType> TypesWithoutCode => [.. ElementTypes.All.Select(info => info.ElementType).Where(type => !Samples().Any(sample => sample.ElementType == type))];

    [Fact]
    public void Elements_are_read_as_big_endian()
    {
        Assert.Equal([0, 255], Parse<byte>([0, 0, 0x08, 1, 0, 0, 0, 2, 0, 255]));
        Assert.Equal([-128, 127], Parse<sbyte>([0, 0, 0x09, 1, 0, 0, 0, 2, 0x80, 0x7F]));
        Assert.Equal([-2, 258], Parse<short>([0, 0, 0x0B, 1, 0, 0, 0, 2, 0xFF, 0xFE, 1, 2]));
        Assert.Equal([16909060], Parse<int>([0, 0, 0x0C, 1, 0, 0, 0, 1, 1, 2, 3, 4]));
        Assert.Equal([-1.5f], Parse<float>([0, 0, 0x0D, 1, 0, 0, 0, 1, 0xBF, 0xC0, 0, 0]));
        Assert.Equal([-1.5], Parse<double>([0, 0, 0x0E, 1, 0, 0, 0, 1, 0xBF, 0xF8, 0, 0, 0, 0, 0, 0]));
    }

    [Theory]
    [InlineData("values.idx")]
    [InlineData("values.idx.gz")]
    public void Every_element_type_survives_writing_and_reading(string name)
    {
        foreach (Tensor written in Samples())
        {
            IdxFile.Write(_folder[name], written);
            Tensor read = IdxFile.Read(_folder[name]);
            Assert.Equal(written.ElementType, read.ElementType);
            Assert.Equal(written.Shape, read.Shape);
            Assert.Equal(written.Bytes.ToArray(), read.Bytes.ToArray());
        }
    }

    [Fact]
    public void The_content_and_not_the_name_says_whether_a_file_is_gzip()
    {
        IdxFile.Write(_folder["a.gz"], Tensor.Vector<byte>(1, 2, 3));
        File.Move(_folder["a.gz"], _folder["a"]);
        IdxFile.Write(_folder["b"], Tensor.Vector<byte>(4, 5));
        File.Move(_folder["b"], _folder["b.gz"]);
        Assert.Equal(0x1F, File.ReadAllBytes(_folder["a"])[0]);
        Assert.Equal([1, 2, 3], IdxFile.Read(_folder["a"]).As<byte>().ToArray());
        Assert.Equal([4, 5], IdxFile.Read(_folder["b.gz"]).As<byte>().ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_dimension_of_zero_makes_an_empty_tensor(int first)
    {
        Tensor read = Read([0, 0, 0x0C, 2, 0, 0, 0, (byte)first, 0, 0, 0, 0]);
        Assert.Equal([first, 0], read.Shape);
        Assert.Equal(0, read.Length);
    }

    [Theory]
    [MemberData(nameof(TypesWithoutCode))]
    public void Writing_a_type_that_IDX_lacks_is_refused_and_leaves_no_file(ElementType type)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => IdxFile.Write(_folder["x"], Tensor.Create(type, [2])));
        Assert.Contains(type.ToString(), exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Writing_a_scalar_is_refused() =>
        Assert.Throws<ArgumentException>(() => IdxFile.Write(_folder["x"], Tensor.Scalar((byte)1)));

    [Theory]
    [MemberData(nameof(ElementTypeCodes))]
    public void A_file_cut_anywhere_is_truncated(byte code, int size)
    {
        byte[] whole = [0, 0, code, 2, 0, 0, 0, 2, 0, 0, 0, 3, .. new byte[6 * size]];
        Assert.Equal(6, Read(whole).Length);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Contains("truncated", Failure(whole[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_is_refused()
    {
        byte[] whole = Gzip([0, 0, 8, 1, 0, 0, 0, 200, .. Enumerable.Range(0, 200).Select(i => (byte)(i * 37))]);
        for (int length = 0; length < whole.Length; length++)
        {
            _ = Failure(whole[..length]);
        }
    }

    [Fact]
    public void Gzip_files_of_any_length_are_read_whole_alone_and_in_members()
    {
        for (int length = 8100; length < 8300; length++)
        {
            var elements = new byte[length];
            var random = new CounterRandom(1, (ulong)length);
            foreach (ref byte element in elements.AsSpan())
            {
                element = (byte)random.NextUInt32();
            }

            byte[] file = [0, 0, 8, 1, 0, 0, (byte)(length >> 8), (byte)length, .. elements];
            Assert.Equal(elements, Parse<byte>(Gzip(file)));
            Assert.Equal(elements, Parse<byte>([.. Gzip(file[..length]), .. Gzip(file[length..])]));
            Assert.Contains("truncated", Failure(Gzip(file)[..^1]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bytes_after_the_end_of_a_gzip_file_are_refused() =>
        Assert.Contains("too long", Failure([.. Gzip([0, 0, 8, 1, 0, 0, 0, 1, 7]), 1, 2, 3]), StringComparison.Ordinal);

    [Fact]
    public void A_gzip_file_with_any_byte_of_its_data_or_checksum_changed_is_refused()
    {
        byte[] whole = Gzip([0, 0, 8, 1, 0, 0, 0, 200, .. Enumerable.Range(0, 200).Select(i => (byte)(i * 37))]);
        for (int position = 10; position < whole.Length; position++)
        {
            byte[] damaged = [.. whole];
            damaged[position] ^= 0x55;
            Assert.StartsWith("data.idx: expected ", Failure(damaged), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bytes_beyond_the_elements_are_refused()
    {
        byte[] tooLong = [0, 0, 8, 1, 0, 0, 0, 2, 1, 2, 3];
        Assert.Equal("data.idx: expected 2 bytes of elements for shape [2], got 3; the file is too long, get it again.", Failure(tooLong));
        Assert.Equal("data.idx: expected 2 bytes of elements for shape [2], got more; the file is too long, get it again.", Failure(Gzip(tooLong)));
    }

    [Theory]
    [InlineData(1, 0, 8, 1)]
    [InlineData(0, 1, 8, 1)]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 0, 0x0A, 1)]
    [InlineData(0, 0, 0x0F, 1)]
    [InlineData(0, 0, 8, 0)]
    [InlineData(0, 0, 8, 17)]
    [InlineData(0, 0, 8, 255)]
    public void A_wrong_magic_number_is_refused_and_shown(byte a, byte b, byte c, byte d)
    {
        string message = Failure([a, b, c, d, 0, 0, 0, 1, 5]);
        Assert.Contains("magic", message, StringComparison.Ordinal);
        Assert.Contains($"{a:X2}{b:X2}{c:X2}{d:X2}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(uint.MaxValue, 1u)]
    [InlineData(0x80000000u, 1u)]
    [InlineData(65536u, 65536u)]
    [InlineData(0x7FFFFFFFu, 0x7FFFFFFFu)]
    public void Dimensions_that_no_memory_could_hold_are_refused_before_any_is_taken(uint first, uint second)
    {
        var file = new byte[12];
        file[2] = 0x0E;
        file[3] = 2;
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(4), first);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(8), second);
        Assert.Contains("promises more", Failure(file), StringComparison.Ordinal);
        Assert.Contains("promises more", Failure(Gzip(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_is_not_taken_for_elements_that_the_file_cannot_hold()
    {
        byte[] promise = [0, 0, 8, 1, 0x7F, 0, 0, 0, 1, 2, 3];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("got 3", Failure(promise), StringComparison.Ordinal);
        Assert.Contains("cannot hold", Failure(Gzip(promise)), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_gzip_bomb_is_not_inflated()
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write([0, 0, 8, 1, 0, 0, 0, 4]);
            for (int i = 0; i < 64; i++)
            {
                gzip.Write(new byte[1 << 20]);
            }
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("too long", Failure(stream.ToArray()), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void Every_message_is_one_line_and_names_the_file()
    {
        string path = _folder["missing.idx"];
        string missing = Assert.Throws<DatasetException>(() => IdxFile.Read(path)).Message;
        string folder = Assert.Throws<DatasetException>(() => IdxFile.Read(_folder.Path)).Message;
        Assert.StartsWith(path, missing, StringComparison.Ordinal);
        Assert.StartsWith(_folder.Path, folder, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', missing + folder);
    }

    private static Tensor[] Samples() =>
    [
        Tensor.From<byte>([2, 3], 0, 1, 2, 128, 254, 255),
        Tensor.From<sbyte>([3], -128, 0, 127),
        Tensor.From<short>([2, 1, 2], short.MinValue, -2, 258, short.MaxValue),
        Tensor.From([2], int.MinValue, 16909060),
        Tensor.From([3], float.Epsilon, -1.5f, float.PositiveInfinity),
        Tensor.From([1, 2], double.MaxValue, -0.1),
    ];

    private static T[] Parse<T>(byte[] bytes) => Read(bytes).As<T>().ToArray();

    private static Tensor Read(byte[] bytes) => IdxFile.Read(new MemoryStream(bytes), "data.idx");

    private static string Failure(byte[] bytes)
    {
        string message = Assert.Throws<DatasetException>(() => Read(bytes)).Message;
        Assert.StartsWith("data.idx: expected", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
