using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Each_subfolder_is_a_class_and_its_pictures_are_samples()
    {
        Write("b/2.png", TestPictures.Png(2, 2, 1, 0, 255, 51, 102));
        Write("a/x.PNG", TestPictures.Png(2, 2, 3, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255));
        Write("a/w.jpg", TestPictures.GreyJpeg());
        Write("a/notes.txt", [1]);
        Write("a/.hidden.png", [1]);
        Write(".cache/x.png", [1]);
        ImageFolder folder = ImageFolder.Open(_root.Path, 2, 2);
        Assert.Equal(["a", "b"], folder.Classes);
        Assert.Equal([_root["a", "w.jpg"], _root["a", "x.PNG"], _root["b", "2.png"]], folder.Files);
        Assert.Equal([0, 0, 1], folder.Labels);
        Dataset data = folder.ToDataset();
        Assert.Equal([3, 3, 2, 2], data.X.Shape);
        Assert.Equal([0, 0, 1], data.Y.ToArray());
        Assert.All(data.Slice(..1).X.ToArray(), value => Assert.Equal(200 / 255f, value, 5));
        Assert.Equal([1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1], data.Slice(1..2).X.ToArray());
        Assert.Equal([0, 1, 0.2f, 0.4f, 0, 1, 0.2f, 0.4f, 0, 1, 0.2f, 0.4f], data.Slice(2..).X.ToArray());
    }

    [Fact]
    public void Pictures_may_become_grey()
    {
        Write("a/grey.png", TestPictures.Png(1, 1, 4, 100, 100, 100, 255));
        Dataset data = ImageFolder.Load(_root.Path, 1, grayscale: true);
        Assert.Equal([1, 1, 1, 1], data.X.Shape);
        Assert.Equal(100 / 255f, data.X.Span[0], 5);
    }

    [Fact]
    public void Enlarging_is_bilinear_between_pixel_centres()
    {
        // Centres of four pixels lie at 0.25, 0.75, 1.25, 1.75 of the two, whose own are at 0.5 and 1.5.
        Write("a/a.png", TestPictures.Png(2, 1, 1, 0, 200));
        Assert.Equal([0, 50 / 255f, 150 / 255f, 200 / 255f], ImageFolder.Open(_root.Path, 1, 4, grayscale: true).ToDataset().X.ToArray(), new Close());
    }

    [Fact]
    public void Shrinking_counts_every_pixel()
    {
        // To half the size the triangle reaches two pixels to either side: weights 1/8, 3/8, 3/8, 1/8, at the edge 3/7, 3/7, 1/7.
        Write("a/a.png", TestPictures.Png(6, 1, 1, 0, 70, 140, 70, 0, 210));
        float[] values = ImageFolder.Open(_root.Path, 1, 3, grayscale: true).ToDataset().X.ToArray();
        Assert.Equal([50 / 255f, 87.5f / 255, 100 / 255f], values, new Close());
        Assert.Equal([75 / 255f], ImageFolder.Open(_root.Path, 1, 1, grayscale: true).ToDataset().X.ToArray().Select(value => MathF.Round(value, 1)), new Close(0.05f));
    }

    [Fact]
    public void Batches_are_decoded_when_they_are_asked_for()
    {
        for (int i = 0; i < 5; i++)
        {
            Write($"{(i < 3 ? "a" : "b")}/{i}.png", TestPictures.Png(1, 1, 1, (byte)(i * 51)));
        }

        Write("b/9.png", [1, 2, 3]);
        ImageFolder folder = ImageFolder.Open(_root.Path, 1, 1, grayscale: true);
        using IEnumerator<Dataset> batches = folder.Batches(4).GetEnumerator();
        Assert.True(batches.MoveNext());
        Assert.Equal([0, 0.2f, 0.4f, 0.6f], batches.Current.X.ToArray());
        Assert.Equal([0, 0, 0, 1], batches.Current.Y.ToArray());
        Assert.Contains(_root["b", "9.png"], Assert.Throws<DatasetException>(() => batches.MoveNext()).Message, StringComparison.Ordinal);
        Assert.Equal([0.4f, 0], folder.Decode(2, 0).X.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => folder.Decode(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => folder.Batches(0));
    }

    [Fact]
    public void A_shuffled_pass_shows_every_picture_once()
    {
        for (int i = 0; i < 6; i++)
        {
            Write($"a/{i}.png", TestPictures.Png(1, 1, 1, (byte)(i * 51 / 2)));
        }

        ImageFolder folder = ImageFolder.Open(_root.Path, 1, 1, grayscale: true);
        float[] shuffled = [.. folder.Batches(4, shuffleSeed: 1).SelectMany(batch => batch.X.ToArray())];
        Assert.NotEqual(folder.ToDataset().X.ToArray(), shuffled);
        Assert.Equal(folder.ToDataset().X.ToArray(), shuffled.Order());
    }

    [Fact]
    public void A_folder_is_split_by_class()
    {
        for (int i = 0; i < 20; i++)
        {
            Write($"{(i < 15 ? "cats" : "dogs")}/{i}.png", TestPictures.Png(1, 1, 1, (byte)i));
        }

        DatasetSplits splits = ImageFolder.Open(_root.Path, 1, 1, grayscale: true).Split(0.2, seed: 1);
        Assert.Equal(["cats", "dogs"], splits.Classes);
        Assert.Equal([0, 0, 0, 1], splits.Test.Y.ToArray().Order());
        Assert.Equal(16, splits.Train.Count);
    }

    [Theory]
    [InlineData(new byte[0], "got an empty file")]
    [InlineData(new byte[] { 0x42, 0x4D, 0, 0, 0 }, "got a file that begins with 424D0000")]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2 }, "got a file that does not decode")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xDB, 0 }, "got a file that does not decode")]
    public void A_picture_that_is_none_is_named(byte[] content, string got)
    {
        Write("a/1.png", TestPictures.Png(1, 1, 1, 7));
        Write("a/2.jpg", content);
        Write("a/3.png", [1]);
        string message = Assert.Throws<DatasetException>(() => ImageFolder.Load(_root.Path, 8)).Message;
        Assert.StartsWith($"{_root["a", "2.jpg"]}: expected a PNG or JPEG picture, {got}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_and_changed_pictures_are_refused_or_decoded_and_never_crash()
    {
        byte[] whole = TestPictures.Png(4, 4, 3, [.. Enumerable.Range(0, 48).Select(i => (byte)(i * 5))]);
        byte[] jpeg = TestPictures.GreyJpeg();
        var random = new Random(3);
        for (int i = 0; i < 150; i++)
        {
            byte[] damaged = [.. i % 2 == 0 ? whole : jpeg];
            damaged = i % 3 == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
            for (int j = 0; j < 3 && damaged.Length > 4; j++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Write("a/x.png", damaged);
            try
            {
                Assert.Equal(192, ImageFolder.Load(_root.Path, 8).X.Length);
            }
            catch (DatasetException exception)
            {
                Assert.StartsWith(_root["a", "x.png"], exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded()
    {
        byte[] png = TestPictures.Png(1, 1, 1, 7);
        png[18] = 0x70;
        Write("a/bomb.png", png);
        Assert.Contains("expected at most 16384 pixels a side and 67108864 in all, got 28673x1", Assert.Throws<DatasetException>(() => ImageFolder.Load(_root.Path, 8)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_classes_or_pictures_is_refused()
    {
        Assert.Contains("found none; check the path", Assert.Throws<DatasetException>(() => ImageFolder.Load(_root["none"], 8)).Message, StringComparison.Ordinal);
        Write("1.png", TestPictures.Png(1, 1, 1, 7));
        Assert.Contains("expected a subfolder of pictures for each class", Assert.Throws<DatasetException>(() => ImageFolder.Load(_root.Path, 8)).Message, StringComparison.Ordinal);
        _root.Folder("a");
        Assert.StartsWith($"{_root["a"]}: expected pictures", Assert.Throws<DatasetException>(() => ImageFolder.Load(_root.Path, 8)).Message, StringComparison.Ordinal);
    }

    private void Write(string path, byte[] content)
    {
        string file = Path.Combine(_root.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }

    private sealed class Close(float tolerance = 1e-5f) : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => MathF.Abs(x - y) <= tolerance;

        public int GetHashCode(float obj) => 0;
    }
}
