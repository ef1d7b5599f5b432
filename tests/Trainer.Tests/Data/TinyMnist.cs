using System.Security.Cryptography;
using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

/// <summary>A data set in MNIST's form, but small: 6 images of 2x2 for training, 3 for testing, 10 classes.</summary>
internal sealed class TinyMnist
{
    private readonly Dictionary<string, byte[]> _content = [];

    public TinyMnist(byte variation = 0, string? systemFolder = null)
    {
        Tensor<byte> trainImages = Tensor.From<byte>([6, 2, 2], [.. Enumerable.Range(0, 24).Select(i => (byte)((i * 10) + variation))]);
        Tensor<byte> testImages = Tensor.From<byte>([3, 2, 2], [.. Enumerable.Range(0, 12).Select(i => (byte)(255 - i - variation))]);
        Entry = new MnistEntry
        {
            Name = "tiny",
            Description = "Tiny.",
            WhereToGet = "nowhere",
            IsEmbedded = false,
            TrainCount = 6,
            TestCount = 3,
            Classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            SystemFolder = systemFolder,
            Mirrors = [new Uri("http://127.0.0.1:9/")],
            TrainImages = Add("train-images-idx3-ubyte", trainImages),
            TrainLabels = Add("train-labels-idx1-ubyte", Tensor.Vector<byte>(0, 1, 2, 3, 8, 9)),
            TestImages = Add("t10k-images-idx3-ubyte", testImages),
            TestLabels = Add("t10k-labels-idx1-ubyte", Tensor.Vector<byte>(7, 6, 5)),
        };
    }

    public MnistEntry Entry { get; }

    /// <summary>The uncompressed files by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Content => _content;

    /// <summary>A request that looks in <paramref name="folder"/> and the cache, and never beyond this machine.</summary>
    public static DatasetRequest Request(TemporaryFolder root, string? folder = null, string? environment = null, bool offline = true) => new()
    {
        Folder = folder,
        Offline = offline,
        CacheFolder = root["cache"],
        EnvironmentFolder = environment,
        Patience = TimeSpan.FromSeconds(30),
    };

    /// <summary>Writes the four files.</summary>
    public void WriteTo(string folder, bool gzip = false)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, byte[] content) in _content)
        {
            File.WriteAllBytes(Path.Combine(folder, gzip ? name + ".gz" : name), gzip ? Gzip(content) : content);
        }
    }

    public static byte[] Gzip(byte[] content)
    {
        var stream = new MemoryStream();
        IdxFile.Write(stream, IdxFile.Read(new MemoryStream(content), "content"), gzip: true);
        return stream.ToArray();
    }

    private MnistFile Add(string name, Tensor tensor)
    {
        var stream = new MemoryStream();
        IdxFile.Write(stream, tensor);
        _content[name] = stream.ToArray();
        return new MnistFile(name, tensor.Shape, Convert.ToHexStringLower(SHA256.HashData(stream.ToArray())));
    }
}
