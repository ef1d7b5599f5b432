using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Toolkit.Numerics.Npy;

namespace Toolkit.Numerics.Tests.Npy;

public sealed class NpyFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<ElementType> Types =>
    [
        ElementType.Float16, ElementType.Float32, ElementType.Float64, ElementType.Int8, ElementType.Int16, ElementType.Int32,
        ElementType.Int64, ElementType.UInt8, ElementType.UInt16, ElementType.UInt32, ElementType.UInt64, ElementType.Bool,
        ElementType.Complex64, ElementType.Complex128,
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_comes_back_as_it_was(ElementType type)
    {
        foreach (int[] dimensions in new int[][] { [], [0], [7], [3, 5], [2, 0, 4], [2, 3, 1, 4] })
        {
            var tensor = Tensor.Create(type, new Shape(dimensions));
            FillBytes(tensor);
            NpyFile.Write(_folder["a.npy"], tensor);
            AssertSame(tensor, NpyFile.Read(_folder["a.npy"]));
            AssertSame(tensor, NpyFile.Read(new ForwardStream(File.ReadAllBytes(_folder["a.npy"]))));
        }
    }

    [Fact]
    public void The_written_bytes_are_the_formats()
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, Tensor.From<float>([2, 1], 1, -2));
        byte[] bytes = stream.ToArray();
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 118, 0], bytes[..10]);
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }", Encoding.ASCII.GetString(bytes[10..128]).TrimEnd(' ', '\n'));
        Assert.Equal((byte)'\n', bytes[127]);
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], bytes[128..]);
    }

    [Fact]
    public void A_strided_view_is_written_row_major()
    {
        NpyFile.Write(_folder["a.npy"], Tensor.From<int>([2, 3], 1, 2, 3, 4, 5, 6).Transpose());
        Tensor<int> read = NpyFile.Read(_folder["a.npy"]).As<int>();
        Assert.Equal([3, 2], read.Shape);
        Assert.Equal([1, 4, 2, 5, 3, 6], read.ToArray());
    }

    [Fact]
    public void Big_endian_and_Fortran_order_are_turned_round()
    {
        var data = new byte[12];
        for (short i = 0; i < 6; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(data.AsSpan(i * 2), i);
        }

        Tensor<short> tensor = Read(File1("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3)}", data)).As<short>();
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal([0, 2, 4, 1, 3, 5], tensor.ToArray());
    }

    [Theory]
    [InlineData(1, "{'descr': '<u1', 'fortran_order': False, 'shape': (2,), }  \n")]
    [InlineData(2, "{'shape':(2L,),'fortran_order':False,'descr':'|u1'}")]
    [InlineData(3, "{ \"descr\" : \"u1\" , 'fortran_order' : False , 'shape' : ( 2 , ) }")]
    public void Versions_and_spellings_are_read(byte version, string dictionary)
    {
        byte[] text = Encoding.UTF8.GetBytes(dictionary);
        byte[] length = version == 1 ? [(byte)text.Length, 0] : [(byte)text.Length, 0, 0, 0];
        byte[] file = [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, 8, 9];
        Assert.Equal([8, 9], Read(file).As<byte>().ToArray());
    }

    [Fact]
    public void Any_byte_but_0_is_true()
    {
        byte[] file = File1("{'descr': '|b1', 'fortran_order': False, 'shape': (3,)}", [0, 1, 255]);
        Assert.Equal([0, 1, 1], Read(file).Bytes.ToArray());
    }

    [Fact]
    public void Arrays_may_follow_each_other_in_a_stream()
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, Tensor.Vector<int>(1, 2));
        NpyFile.Write(stream, Tensor.Scalar(3.5));
        stream.Position = 0;
        Assert.Equal([1, 2], NpyFile.Read(stream).As<int>().ToArray());
        Assert.Equal(3.5, NpyFile.Read(stream).As<double>().Span[0]);
    }

    [Fact]
    public void A_file_cut_anywhere_is_an_error_that_names_it()
    {
        NpyFile.Write(_folder["whole.npy"], Tensor.From<float>([3, 4], new float[12]));
        byte[] whole = File.ReadAllBytes(_folder["whole.npy"]);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_folder["cut.npy"], whole[..length]);
            var exception = Assert.Throws<InvalidDataException>(() => NpyFile.Read(_folder["cut.npy"]));
            Assert.StartsWith(_folder["cut.npy"], exception.Message, StringComparison.Ordinal);
            Assert.Throws<InvalidDataException>(() => NpyFile.Read(new ForwardStream(whole[..length])));
        }
    }

    [Fact]
    public void A_changed_header_byte_is_read_or_refused_but_never_crashes()
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, Tensor.From<float>([3, 4], new float[12]));
        byte[] whole = stream.ToArray();
        var random = new Random(1);
        for (int trial = 0; trial < 3000; trial++)
        {
            byte[] changed = [.. whole];
            changed[random.Next(80)] = (byte)random.Next(256);
            try
            {
                _ = Read(changed);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (100000, 10000)}", "got 4")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,)}", "a dimension from 0 to")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000)}", "more than")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", "a dimension from 0 to")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)}", "at most 16")]
    [InlineData("{'descr': '<U5', 'fortran_order': False, 'shape': (1,)}", "'<U5'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", "'|O'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", "structured array")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "True or False")]
    [InlineData("{'descr': '<f4', 'shape': (1,)}", "'fortran_order'")]
    [InlineData("{'descr': '<f4', 'other': False, 'shape': (1,)}", "'other'")]
    [InlineData("{'descr': '<f4", "a string")]
    [InlineData("", "'{'")]
    public void A_bad_header_says_what_is_wrong(string dictionary, string expected)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read(File1(dictionary, [0, 0, 0, 0])));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_shape_takes_no_memory_before_the_data_are_there()
    {
        byte[] file = File1("{'descr': '<f4', 'fortran_order': False, 'shape': (400000000,)}", new byte[64]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Read(file));
        Assert.Throws<InvalidDataException>(() => NpyFile.Read(new ForwardStream(file)));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
    }

    [Fact]
    public void Other_files_are_refused()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read("PK\u0003\u0004 and more"u8.ToArray()));
        Assert.Contains("93 4E 55 4D 50 59, got 50 4B 03 04", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Strings_are_refused_before_a_file_is_made()
    {
        Assert.Throws<ArgumentException>(() => NpyFile.Write(_folder["a.npy"], Tensor.Create(ElementType.String, [1])));
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void Types_that_NumPy_lacks_are_written_by_their_values()
    {
        float[] values = [1.5f, -2, 0.5f, 4];
        Tensor[] floats =
        [
            Tensor.Vector(Array.ConvertAll(values, value => (BFloat16)value)), Tensor.Vector(Array.ConvertAll(values, value => (Float8E4M3Fn)value)),
            Tensor.Vector(Array.ConvertAll(values, value => (Float8E4M3Fnuz)value)), Tensor.Vector(Array.ConvertAll(values, value => (Float8E5M2)value)),
            Tensor.Vector(Array.ConvertAll(values, value => (Float8E5M2Fnuz)value)), Tensor.Vector(Array.ConvertAll(values, value => (Float4E2M1)value)),
        ];
        Assert.All(floats, tensor => Assert.Equal(values, WriteAndRead(tensor).As<float>().ToArray()));
        Assert.Equal([float.ScaleB(1, -127), float.ScaleB(1, 127), float.NaN], WriteAndRead(Tensor.Vector(new Float8E8M0(0), new Float8E8M0(254), new Float8E8M0(255))).As<float>().ToArray());
        Assert.Equal([-8, 7], WriteAndRead(Tensor.Vector((Int4)(-8), (Int4)7)).As<sbyte>().ToArray());
        Assert.Equal([-2, 1], WriteAndRead(Tensor.Vector((Int2)(-2), (Int2)1)).As<sbyte>().ToArray());
        Assert.Equal([0, 15], WriteAndRead(Tensor.Vector((UInt4)0, (UInt4)15)).As<byte>().ToArray());
        Assert.Equal([0, 3], WriteAndRead(Tensor.Vector((UInt2)0, (UInt2)3)).As<byte>().ToArray());
    }

    private static Tensor WriteAndRead(Tensor tensor)
    {
        var stream = new MemoryStream();
        NpyFile.Write(stream, tensor);
        stream.Position = 0;
        return NpyFile.Read(stream);
    }

    [NumpyFact]
    public void NumPy_reads_what_we_write()
    {
        NpyFile.Write(_folder["a.npy"], Tensor.From<float>([2, 3], 1, 2, 3, 4, 5, 6.5f));
        NpyFile.Write(_folder["s.npy"], Tensor.Scalar(true));
        Assert.Equal(
            "float32 (2, 3) [[1.0, 2.0, 3.0], [4.0, 5.0, 6.5]] bool () True",
            NumpyFactAttribute.Run($"import numpy as n; a=n.load(r'{_folder["a.npy"]}'); s=n.load(r'{_folder["s.npy"]}'); print(a.dtype, a.shape, a.tolist(), s.dtype, s.shape, s)"));
    }

    [NumpyFact]
    public void We_read_what_NumPy_writes()
    {
        string path = _folder["a.npy"];
        foreach ((string code, ElementType type) in new[] { ("<f2", ElementType.Float16), (">f4", ElementType.Float32), ("<f8", ElementType.Float64), (">i8", ElementType.Int64), ("u1", ElementType.UInt8), (">c16", ElementType.Complex128) })
        {
            NumpyFactAttribute.Run($"import numpy as n; n.save(r'{path}', n.asfortranarray(n.arange(24).reshape(2,3,4).astype('{code}')))");
            Tensor tensor = NpyFile.Read(path);
            Assert.Equal(type, tensor.ElementType);
            Assert.Equal([2, 3, 4], tensor.Shape);
            double[] values = tensor switch
            {
                Tensor<Half> t => Array.ConvertAll(t.ToArray(), v => (double)v),
                Tensor<float> t => Array.ConvertAll(t.ToArray(), v => (double)v),
                Tensor<double> t => t.ToArray(),
                Tensor<long> t => Array.ConvertAll(t.ToArray(), v => (double)v),
                Tensor<byte> t => Array.ConvertAll(t.ToArray(), v => (double)v),
                _ => Array.ConvertAll(tensor.As<Complex>().ToArray(), v => v.Real),
            };
            Assert.Equal(Enumerable.Range(0, 24).Select(i => (double)i), values);
        }
    }

    private static Tensor Read(byte[] file) => NpyFile.Read(new MemoryStream(file));

    private static byte[] File1(string dictionary, byte[] data) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)dictionary.Length, (byte)(dictionary.Length >> 8), .. Encoding.ASCII.GetBytes(dictionary), .. data];

    private static void FillBytes(Tensor tensor)
    {
        if (tensor is Tensor<bool> flags)
        {
            for (int i = 0; i < flags.Length; i++)
            {
                flags.Span[i] = i % 3 == 1;
            }
        }
        else
        {
            new Random(1).NextBytes(tensor.Bytes);
        }
    }

    private static void AssertSame(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.ElementType, actual.ElementType);
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.Bytes.ToArray(), actual.Bytes.ToArray());
    }

    /// <summary>A stream that cannot seek and gives a few bytes at a time.</summary>
    private sealed class ForwardStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 5)]);
    }
}
