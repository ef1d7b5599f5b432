using System.IO.Compression;
using Toolkit.Numerics.Npy;

namespace Toolkit.Numerics.Tests.Npy;

public sealed class NpzFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static KeyValuePair<string, Tensor>[] Arrays =>
    [
        new("x", Tensor.From<float>([2, 2], 1, 2, 3, 4)),
        new("layer/kernel", Tensor.Vector<long>(5, 6)),
        new("empty", new Tensor<byte>([0, 3])),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Arrays_come_back_by_name(bool compress)
    {
        NpzFile.Write(_folder["a.npz"], Arrays, compress);
        IReadOnlyDictionary<string, Tensor> read = NpzFile.Read(_folder["a.npz"]);
        Assert.Equal(["x", "layer/kernel", "empty"], read.Keys);
        Assert.Equal([1, 2, 3, 4], read["x"].As<float>().ToArray());
        Assert.Equal([5, 6], read["layer/kernel"].As<long>().ToArray());
        Assert.Equal([0, 3], read["empty"].Shape);
    }

    [Fact]
    public void Equal_arrays_make_equal_files()
    {
        NpzFile.Write(_folder["a.npz"], Arrays);
        NpzFile.Write(_folder["b.npz"], Arrays);
        Assert.Equal(File.ReadAllBytes(_folder["a.npz"]), File.ReadAllBytes(_folder["b.npz"]));
    }

    [Fact]
    public void A_file_cut_anywhere_is_an_error_that_names_it()
    {
        NpzFile.Write(_folder["whole.npz"], Arrays, compress: true);
        byte[] whole = File.ReadAllBytes(_folder["whole.npz"]);
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(_folder["cut.npz"], whole[..length]);
            var exception = Assert.Throws<InvalidDataException>(() => NpzFile.Read(_folder["cut.npz"]));
            Assert.StartsWith(_folder["cut.npz"], exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Changed_bytes_are_read_or_refused_but_never_crash()
    {
        NpzFile.Write(_folder["whole.npz"], Arrays, compress: true);
        byte[] whole = File.ReadAllBytes(_folder["whole.npz"]);
        var random = new Random(1);
        for (int trial = 0; trial < 1000; trial++)
        {
            byte[] changed = [.. whole];
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                _ = NpzFile.Read(new MemoryStream(changed));
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void Entries_that_are_no_arrays_are_refused()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("readme.txt");
        }

        var exception = Assert.Throws<InvalidDataException>(() => NpzFile.Read(stream));
        Assert.Contains("readme.txt", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_used_twice_is_refused_and_leaves_the_old_file()
    {
        File.WriteAllText(_folder["a.npz"], "old");
        Assert.Throws<ArgumentException>(() => NpzFile.Write(_folder["a.npz"], [Arrays[0], Arrays[0]]));
        Assert.Equal("old", File.ReadAllText(_folder["a.npz"]));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    [NumpyFact]
    public void NumPy_and_we_read_each_other()
    {
        NpzFile.Write(_folder["ours.npz"], Arrays, compress: true);
        Assert.Equal(
            "['x', 'layer/kernel', 'empty'] [[1.0, 2.0], [3.0, 4.0]] (0, 3)",
            NumpyFactAttribute.Run($"import numpy as n; a=n.load(r'{_folder["ours.npz"]}'); print(a.files, a['x'].tolist(), a['empty'].shape); n.savez_compressed(r'{_folder["theirs.npz"]}', **dict(a)); n.savez(r'{_folder["stored.npz"]}', **dict(a))"));
        foreach (string file in new[] { "theirs.npz", "stored.npz" })
        {
            Assert.Equal([5, 6], NpzFile.Read(_folder[file])["layer/kernel"].As<long>().ToArray());
        }
    }
}
