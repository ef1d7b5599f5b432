using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class MnistEntryTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly TinyMnist _tiny = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Files_are_loaded_plain_and_compressed(bool gzip)
    {
        _tiny.WriteTo(_root["data", "tiny"], gzip);
        DatasetSplits splits = _tiny.Entry.Load(TinyMnist.Request(_root, _root["data"]));
        (Dataset train, Dataset test) = splits;
        Assert.Equal([6, 1, 2, 2], train.X.Shape);
        Assert.Equal([0, 1, 2, 3, 8, 9], train.Y.ToArray());
        Assert.Equal(Enumerable.Range(0, 24).Select(i => i * 10 / 255f), train.X.ToArray());
        Assert.Equal([3, 1, 2, 2], test.X.Shape);
        Assert.Equal([7, 6, 5], test.Y.ToArray());
        Assert.Equal("tiny", splits.Name);
        Assert.Contains(_root["data", "tiny"], splits.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_may_carry_the_dot_that_some_unpackers_write()
    {
        _tiny.WriteTo(_root["data"]);
        foreach (string file in Directory.GetFiles(_root["data"]))
        {
            File.Move(file, file.Replace("-idx", ".idx", StringComparison.Ordinal));
        }

        Assert.Equal(6, _tiny.Entry.Load(TinyMnist.Request(_root, _root["data"])).Train.Count);
    }

    [Fact]
    public void The_folder_comes_before_the_environment_and_the_environment_before_the_cache()
    {
        DatasetRequest request = TinyMnist.Request(_root, _root.Folder("folder"), _root.Folder("environment"));
        Assert.Null(_tiny.Entry.Find(request));
        _tiny.WriteTo(_root["cache", "tiny"]);
        Assert.Equal(_root["cache", "tiny"], _tiny.Entry.Find(request));
        _tiny.WriteTo(_root["environment", "tiny"]);
        Assert.Equal(_root["environment", "tiny"], _tiny.Entry.Find(request));
        _tiny.WriteTo(_root["folder"]);
        Assert.Equal(_root["folder"], _tiny.Entry.Find(request));
        _tiny.WriteTo(_root["folder", "tiny"]);
        Assert.Equal(_root["folder", "tiny"], _tiny.Entry.Find(request));
    }

    [Fact]
    public void A_package_of_the_operating_system_comes_after_the_environment_and_before_the_cache()
    {
        var tiny = new TinyMnist(systemFolder: _root["system"]);
        DatasetRequest request = TinyMnist.Request(_root, environment: _root.Folder("environment"));
        tiny.WriteTo(_root["cache", "tiny"]);
        Assert.Equal(_root["cache", "tiny"], tiny.Entry.Find(request));
        tiny.WriteTo(_root["system"]);
        Assert.Equal(_root["system"], tiny.Entry.Find(request));
        tiny.WriteTo(_root["environment", "tiny"]);
        Assert.Equal(_root["environment", "tiny"], tiny.Entry.Find(request));
    }

    [Fact]
    public void Offline_and_nowhere_is_unavailable_and_says_where_it_looked()
    {
        DatasetException exception = Assert.Throws<DatasetException>(() => _tiny.Entry.Load(TinyMnist.Request(_root, _root.Folder("folder"), _root["environment"])));
        Assert.True(exception.IsUnavailable);
        foreach (string place in new[] { _root["folder", "tiny"], _root["environment", "tiny"], _root["cache", "tiny"] })
        {
            Assert.Contains(place, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_an_error_that_nothing_stands_in_for()
    {
        DatasetException exception = Assert.Throws<DatasetException>(() => _tiny.Entry.Load(TinyMnist.Request(_root, _root["typo"])));
        Assert.False(exception.IsUnavailable);
        Assert.Contains(_root["typo"], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_some_of_the_files_is_an_error_that_names_the_missing_ones()
    {
        _tiny.WriteTo(_root["data"]);
        File.Delete(_root["data", "t10k-labels-idx1-ubyte"]);
        DatasetException exception = Assert.Throws<DatasetException>(() => _tiny.Entry.Load(TinyMnist.Request(_root, _root["data"])));
        Assert.False(exception.IsUnavailable);
        Assert.Contains("t10k-labels-idx1-ubyte", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("train-images", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_checksum_names_file_expected_and_got()
    {
        _tiny.WriteTo(_root["data"]);
        string path = _root["data", "train-images-idx3-ubyte"];
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        DatasetException exception = Assert.Throws<DatasetException>(() => _tiny.Entry.Load(TinyMnist.Request(_root, _root["data"])).Train);
        Assert.StartsWith($"{path}: expected SHA-256 {_tiny.Entry.TrainImages.Sha256}", exception.Message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), exception.Message, StringComparison.Ordinal);
        Assert.False(exception.IsUnavailable);
    }

    [Fact]
    public void A_label_out_of_range_is_named_with_its_index()
    {
        _tiny.WriteTo(_root["data"]);
        string path = _root["data", "t10k-labels-idx1-ubyte"];
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^2] = 10;
        File.WriteAllBytes(path, bytes);
        DatasetException exception = Assert.Throws<DatasetException>(() => _tiny.Entry.Load(TinyMnist.Request(_root, _root["data"])).Test);
        Assert.StartsWith($"{path}: expected labels from 0 to 9, got 10 at index 1;", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_another_size_are_refused_with_both_shapes()
    {
        _tiny.WriteTo(_root["data"]);
        IdxFile.Write(_root["data", "t10k-images-idx3-ubyte"], new Toolkit.Numerics.Tensor<byte>([4, 2, 2]));
        DatasetException exception = Assert.Throws<DatasetException>(() => _tiny.Entry.Load(TinyMnist.Request(_root, _root["data"])).Test);
        Assert.Contains("[3,2,2]", exception.Message, StringComparison.Ordinal);
        Assert.Contains("[4,2,2]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_and_labels_in_each_others_place_are_refused()
    {
        _tiny.WriteTo(_root["data"]);
        string images = _root["data", "train-images-idx3-ubyte"];
        string labels = _root["data", "train-labels-idx1-ubyte"];
        Assert.Throws<DatasetException>(() => IdxImages.Load(labels, images, 10));
        Assert.Throws<DatasetException>(() => IdxImages.Load(images, _root["data", "t10k-labels-idx1-ubyte"], 10));
        Assert.Equal(6, IdxImages.Load(images, labels, 10).Count);
    }
}
