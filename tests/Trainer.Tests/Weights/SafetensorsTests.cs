using System.Buffers.Binary;
using System.Text;
using Toolkit.Numerics;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Tests.Data;
using Toolkit.Trainer.Weights;

namespace Toolkit.Trainer.Tests.Weights;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_as_the_python_library_writes_it_is_read()
    {
        // {"a": float32 [2,2], "b": int64 [1]}, saved with metadata {"format": "pt"}.
        const string Header = """{"__metadata__":{"format":"pt"},"b":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[8,24]}}   """;
        byte[] data = [.. BitConverter.GetBytes(-7L), .. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(3f), .. BitConverter.GetBytes(-0f)];

        SafetensorsFile file = Read(Header, data);

        Assert.Equal(["b", "a"], file.Tensors.Keys);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal([-7L], file.Tensors["b"].As<long>().ToArray());
        Assert.Equal(new Shape(2, 2), file.Tensors["a"].Shape);
        Assert.Equal([1f, 2f, 3f, -0f], file.GetSingles("a").ToArray());
    }

    [Fact]
    public void A_file_is_written_byte_for_byte_as_the_format_says()
    {
        var tensors = new Dictionary<string, Tensor> { ["w"] = Tensor.From<float>([2], 1, 2), ["n"] = Tensor.Scalar<byte>(9) };
        using var stream = new MemoryStream();

        new SafetensorsFile(tensors, new Dictionary<string, string> { ["k"] = "v" }).Write(stream);

        const string Header = """{"__metadata__":{"k":"v"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"n":{"dtype":"U8","shape":[],"data_offsets":[8,9]}}""";
        int padded = (Header.Length + 7) / 8 * 8;
        byte[] expected = [.. BitConverter.GetBytes((ulong)padded), .. Encoding.UTF8.GetBytes(Header.PadRight(padded)), 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 9];
        Assert.Equal(expected, stream.ToArray());
    }

    [Fact]
    public void Every_type_comes_back()
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["f64"] = Tensor.From<double>([2], double.Epsilon, double.NaN),
            ["f32"] = Tensor.From<float>([1, 3], float.MinValue, -0f, float.PositiveInfinity),
            ["f16"] = Tensor.From<Half>([1], (Half)1.5f),
            ["bf16"] = Tensor.From<BFloat16>([1], (BFloat16)2.5f),
            ["i64"] = Tensor.From<long>([1], long.MinValue),
            ["i32"] = Tensor.From<int>([1], int.MinValue),
            ["i16"] = Tensor.From<short>([1], short.MinValue),
            ["i8"] = Tensor.From<sbyte>([1], sbyte.MinValue),
            ["u64"] = Tensor.From<ulong>([1], ulong.MaxValue),
            ["u32"] = Tensor.From<uint>([1], uint.MaxValue),
            ["u16"] = Tensor.From<ushort>([1], ushort.MaxValue),
            ["u8"] = Tensor.From<byte>([1], byte.MaxValue),
            ["bool"] = Tensor.From<bool>([2], true, false),
            ["none"] = new Tensor<float>([0, 4]),
            ["ключ \"1\""] = Tensor.Scalar(1f),
        };
        string path = _folder["all.safetensors"];

        new SafetensorsFile(tensors).Write(path);
        SafetensorsFile read = SafetensorsFile.Read(path);

        Assert.Equal(tensors.Keys, read.Tensors.Keys);
        Assert.All(tensors, pair =>
        {
            Assert.Equal(pair.Value.ElementType, read.Tensors[pair.Key].ElementType);
            Assert.Equal(pair.Value.Shape, read.Tensors[pair.Key].Shape);
            Assert.Equal(pair.Value.Bytes.ToArray(), read.Tensors[pair.Key].Bytes.ToArray());
        });
        Assert.Equal(1.5f, read.GetSingles("f16").ToArray()[0]);
        Assert.Equal(2.5f, read.GetSingles("bf16").ToArray()[0]);
        Assert.Throws<SafetensorsException>(() => read.GetSingles("i32"));
        Assert.Throws<SafetensorsException>(() => read.GetSingles("missing"));
    }

    [Theory]
    [InlineData("""[]""", 0, "object")]
    [InlineData("""{"a":1}""", 0, "'a'", "dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", 1, "F8_E4M3")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "8 bytes", "[0,4]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "-1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536,65536],"data_offsets":[0,4]}}""", 4, "")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "16", "17")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begin at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 8, "begin at 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "4 bytes", "got 5")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "4 bytes", "got 3")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "[-4,0]")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}""", 0, "")]
    [InlineData("""{""", 0, "")]
    public void A_wrong_header_is_refused(string header, int dataLength, params string[] parts)
    {
        string message = Assert.Throws<SafetensorsException>(() => Read(header, new byte[dataLength])).Message;

        Assert.StartsWith("x.safetensors: ", message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_001)]
    [InlineData(1000)]
    public void A_header_longer_than_the_file_or_the_limit_is_refused(ulong length)
    {
        byte[] bytes = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);

        Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(new MemoryStream(bytes), "x.safetensors"));
        Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(new MemoryStream(bytes[..5]), "x.safetensors"));
    }

    [Fact]
    public void A_model_saves_its_weights_and_another_loads_them()
    {
        string path = _folder["w.safetensors"];
        Sequential saved = Model(1);
        Sequential loaded = Model(2);
        Assert.NotEqual(saved.CopyWeights(), loaded.CopyWeights());

        saved.SaveWeights(path);
        loaded.LoadWeights(path);

        Assert.Equal(saved.CopyWeights(), loaded.CopyWeights());
        Assert.Equal(saved.Parameters.Select(parameter => parameter.Name), SafetensorsFile.Read(path).Tensors.Keys);
    }

    [Fact]
    public void Weights_of_other_types_are_converted()
    {
        string path = _folder["w.safetensors"];
        var model = new Sequential(new Input(1), new Dense(1, name: "d"));
        new SafetensorsFile(new Dictionary<string, Tensor> { ["d.kernel"] = Tensor.From<double>([1, 1], 0.1), ["d.bias"] = Tensor.From<Half>([1], (Half)0.5f) }).Write(path);

        model.LoadWeights(path);

        Assert.Equal([0.1f, 0.5f], model.CopyWeights());
    }

    [Fact]
    public void Weights_of_another_network_are_refused_unless_the_common_part_is_wanted()
    {
        string path = _folder["w.safetensors"];
        Sequential model = Model(1);
        float[] before = model.CopyWeights();
        new SafetensorsFile(new Dictionary<string, Tensor> { ["dense.bias"] = Tensor.From<float>([3], 7, 8, 9), ["other"] = Tensor.Scalar(1f) }).Write(path);

        string message = Assert.Throws<SafetensorsException>(() => model.LoadWeights(path)).Message;
        Assert.Contains("'dense.kernel'", message, StringComparison.Ordinal);
        Assert.Equal(before, model.CopyWeights());

        model.LoadWeights(path, strict: false);
        Assert.Equal([7f, 8f, 9f], model.GetWeights()["dense.bias"].ToArray());
        Assert.Equal(before[..6], model.CopyWeights()[..6]);

        new SafetensorsFile(new Dictionary<string, Tensor> { ["dense.bias"] = new Tensor<float>([4]) }).Write(path);
        Assert.Contains("expected shape [3], got [4]", Assert.Throws<SafetensorsException>(() => model.LoadWeights(path, strict: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_safetensors_file_is_refused()
    {
        string path = _folder["w.safetensors"];
        File.WriteAllText(path, "This is not a file of tensors at all.");

        Assert.Contains(path, Assert.Throws<SafetensorsException>(() => Model(1).LoadWeights(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_types_that_the_format_lacks_are_refused()
    {
        Tensor value = Tensor.Scalar(1f);

        Assert.Throws<ArgumentException>(() => new SafetensorsFile([KeyValuePair.Create("a", value), KeyValuePair.Create("a", value)]));
        Assert.Throws<ArgumentException>(() => new SafetensorsFile([KeyValuePair.Create("__metadata__", value)]));
        Assert.Throws<ArgumentException>(() => new SafetensorsFile([KeyValuePair.Create("a", (Tensor)Tensor.Scalar(System.Numerics.Complex.One))]));
    }

    private static Sequential Model(int seed)
    {
        var model = new Sequential(new Input(2), new Dense(3), new Dense(1));
        model.Compile("sgd", "mse", seed: seed);
        return model;
    }

    private static SafetensorsFile Read(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        return SafetensorsFile.Read(new MemoryStream([.. BitConverter.GetBytes((ulong)text.Length), .. text, .. data]), "x.safetensors");
    }
}
