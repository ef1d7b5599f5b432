using System.Diagnostics;
using Toolkit.Numerics;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Tests.Reading;

public sealed class ExternalDataTests : IDisposable
{
    private static readonly float[] Values = [1, 2.5f, -3, 4];

    private readonly string _root = Directory.CreateTempSubdirectory("toolkit-external-").FullName;
    private readonly string _folder;

    public ExternalDataTests()
    {
        _folder = Path.Combine(_root, "granted");
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        byte[] bytes = [9, 9, 9, 9, .. Values.SelectMany(BitConverter.GetBytes), 7];
        File.WriteAllBytes(Path.Combine(_folder, "w.bin"), bytes);
        File.WriteAllBytes(Path.Combine(_folder, "sub", "w.bin"), bytes);
        File.WriteAllBytes(Path.Combine(_root, "secret.bin"), bytes);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("w.bin")]
    [InlineData("sub/w.bin")]
    public void A_tensor_is_read_from_the_granted_folder(string location) =>
        Assert.Equal(Values, Read(("location", location), ("offset", "4"), ("length", "16"), ("checksum", "unused")));

    [Fact]
    public void Without_a_length_the_shape_says_how_much_is_read() => Assert.Equal(Values, Read(("location", "w.bin"), ("offset", "4")));

    [Fact]
    public void No_folder_is_granted_unless_a_caller_says_so()
    {
        OnnxModelException exception = Assert.Throws<OnnxModelException>(() => OnnxModel.Parse(Model(("location", "w.bin"), ("offset", "4"))));
        Assert.Contains("'w.bin'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ExternalDataFolder", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--external-data", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("sub/../../secret.bin")]
    [InlineData("sub/../w.bin")]
    [InlineData("./w.bin")]
    [InlineData("sub//w.bin")]
    [InlineData("..\\secret.bin")]
    [InlineData("C:w.bin")]
    [InlineData("w.bin ")]
    [InlineData("w.bin\0.txt")]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    public void A_name_that_may_lead_elsewhere_is_refused(string location) => Refuses("relative", ("location", location), ("offset", "4"));

    [Fact]
    public void An_absolute_name_is_refused_even_inside_of_the_folder() => Refuses("relative", ("location", Path.Combine(_folder, "w.bin")), ("offset", "4"));

    [Theory]
    [InlineData("missing.bin")]
    [InlineData("sub")]
    public void What_is_no_file_is_refused(string location) => Refuses("no file", ("location", location));

    [Fact]
    public void Links_are_not_followed()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "link.bin"), Path.Combine(_root, "secret.bin"));
        File.CreateSymbolicLink(Path.Combine(_folder, "inside.bin"), Path.Combine(_folder, "w.bin"));
        File.CreateSymbolicLink(Path.Combine(_folder, "broken.bin"), Path.Combine(_root, "nowhere"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "out"), _root);
        foreach (string location in new[] { "link.bin", "inside.bin", "broken.bin", "out/secret.bin", "out/granted/w.bin" })
        {
            Refuses("link", ("location", location), ("offset", "4"));
        }
    }

    [Fact]
    public void A_file_with_a_second_name_and_a_pipe_are_refused_where_the_system_tells()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Run("ln", Path.Combine(_root, "secret.bin"), Path.Combine(_folder, "hard.bin"));
        Run("mkfifo", Path.Combine(_folder, "pipe"));
        Refuses("hard links", ("location", "hard.bin"), ("offset", "4"));
        Refuses("pipe", ("location", "pipe"));
    }

    [Theory]
    [InlineData("5", "16", "20")]
    [InlineData("9223372036854775807", "16", "21")]
    [InlineData("4", "15", "length")]
    [InlineData("4", "17", "length")]
    [InlineData("-1", "16", "offset")]
    [InlineData("4", "99999999999999999999", "length")]
    [InlineData("0x4", "16", "offset")]
    [InlineData(" 4", "16", "offset")]
    public void A_range_outside_of_the_file_or_of_the_shape_is_refused(string offset, string length, string part)
    {
        if (offset == "5")
        {
            File.WriteAllBytes(Path.Combine(_folder, "w.bin"), new byte[20]);
        }

        Refuses(part, ("location", "w.bin"), ("offset", offset), ("length", length));
    }

    [Fact]
    public void Unknown_keys_and_keys_that_come_twice_are_refused()
    {
        Refuses("basepath", ("location", "w.bin"), ("offset", "4"), ("basepath", "/"));
        Refuses("twice", ("location", "w.bin"), ("offset", "4"), ("location", "w.bin"));
    }

    [Fact]
    public void External_bytes_are_counted_in_all_though_tensors_share_them()
    {
        var limits = new OnnxLimits { ExternalDataFolder = _folder, MaxExternalBytes = 40 };
        ModelProto model = ModelProto.Parser.ParseFrom(Model(("location", "w.bin"), ("offset", "4")));
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(1 + i, OnnxModel.Parse(Google.Protobuf.MessageExtensions.ToByteArray(model), limits).Graph.Initializers.Count);
            TensorProto copy = model.Graph.Initializer[0].Clone();
            copy.Name = $"w{i}";
            model.Graph.Initializer.Add(copy);
        }

        OnnxModelException exception = Assert.Throws<OnnxModelException>(() => OnnxModel.Parse(Google.Protobuf.MessageExtensions.ToByteArray(model), limits));
        Assert.Contains("MaxExternalBytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_is_taken_only_for_a_file_that_holds_it()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Model(("location", "w.bin")));
        model.Graph.Initializer[0].Dims[0] = 100 << 20;
        byte[] bytes = Google.Protobuf.MessageExtensions.ToByteArray(model);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<OnnxModelException>(() => OnnxModel.Parse(bytes, new OnnxLimits { ExternalDataFolder = _folder }));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static byte[] Model(params (string Key, string Value)[] entries)
    {
        var tensor = new TensorProto { Name = "w", DataType = 1, Dims = { Values.Length }, DataLocation = TensorProto.Types.DataLocation.External };
        tensor.ExternalData.AddRange(entries.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        var node = new NodeProto { OpType = "Identity", Input = { "w" }, Output = { "y" } };
        var graph = new GraphProto { Name = "g", Node = { node }, Initializer = { tensor }, Output = { new ValueInfoProto { Name = "y" } } };
        var model = new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        return Google.Protobuf.MessageExtensions.ToByteArray(model);
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private float[] Read(params (string Key, string Value)[] entries) =>
        OnnxModel.Parse(Model(entries), new OnnxLimits { ExternalDataFolder = _folder }).Graph.Initializers["w"].As<float>().ToArray();

    private void Refuses(string part, params (string Key, string Value)[] entries)
    {
        OnnxModelException exception = Assert.Throws<OnnxModelException>(() => Read(entries));
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Initializer 'w'", exception.Message, StringComparison.Ordinal);
    }
}
