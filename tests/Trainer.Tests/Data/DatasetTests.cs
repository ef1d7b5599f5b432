using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class DatasetTests
{
    private static readonly Dataset Three = new(Tensor.From<float>([3, 1, 2, 1], 1, 2, 3, 4, 5, 6), Tensor.Vector<float>(2, 0, 1));

    [Fact]
    public void Flat_makes_rows_of_the_same_memory()
    {
        Dataset flat = Three.Flat();
        Assert.Equal([3, 2], flat.X.Shape);
        Assert.True(flat.X.Memory.Equals(Three.X.Memory));
        Assert.Same(Three.Y, flat.Y);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(9, 3)]
    public void Take_keeps_the_first_samples(int count, int expected)
    {
        Dataset taken = Three.Take(count);
        Assert.Equal([expected, 1, 2, 1], taken.X.Shape);
        Assert.Equal([expected], taken.Y.Shape);
        Assert.Equal(Three.X.ToArray()[..(2 * expected)], taken.X.ToArray());
    }

    [Fact]
    public void Slices_share_memory_and_selections_are_copies()
    {
        Dataset slice = Three.Slice(1..);
        Assert.Equal([3, 4, 5, 6], slice.X.ToArray());
        Assert.Equal([0, 1], slice.Y.ToArray());
        Assert.True(slice.X.Span.Overlaps(Three.X.Span));
        Dataset picked = Three.Select(2, 0, 2);
        Assert.Equal([3, 1, 2, 1], picked.X.Shape);
        Assert.Equal([5, 6, 1, 2, 5, 6], picked.X.ToArray());
        Assert.Equal([1, 2, 1], picked.Y.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => Three.Select(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Three.Slice(2..5));
    }

    [Fact]
    public void Shuffling_keeps_samples_with_their_targets_and_repeats_with_its_seed()
    {
        var data = new Dataset(Tensor.Vector<float>([.. Enumerable.Range(0, 100)]), Tensor.Vector<float>([.. Enumerable.Range(0, 100)]));
        Dataset shuffled = data.Shuffle(7);
        Assert.Equal(shuffled.X.ToArray(), shuffled.Y.ToArray());
        Assert.NotEqual(data.X.ToArray(), shuffled.X.ToArray());
        Assert.Equal(data.X.ToArray(), shuffled.X.ToArray().Order());
        Assert.Equal(shuffled.X.ToArray(), data.Shuffle(7).X.ToArray());
        Assert.NotEqual(shuffled.X.ToArray(), data.Shuffle(8).X.ToArray());
    }

    [Fact]
    public void Batches_hold_every_sample_once_and_the_last_what_is_left()
    {
        Dataset[] plain = [.. Three.Batches(2)];
        Assert.Equal([2, 1], plain.Select(batch => batch.Count));
        Assert.True(plain[1].X.Span.Overlaps(Three.X.Span));
        Assert.Equal([2, 0, 1], plain.SelectMany(batch => batch.Y.ToArray()));
        Assert.Equal(Three.Shuffle(3).Y.ToArray(), Three.Batches(2, shuffleSeed: 3).SelectMany(batch => batch.Y.ToArray()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Three.Batches(0));
    }

    [Fact]
    public void A_strided_view_is_copied()
    {
        Tensor<float> transposed = Tensor.From<float>([2, 3], 1, 2, 3, 4, 5, 6).Transpose();
        Assert.Equal([3, 6], new Dataset(transposed, Three.Y).Slice(2..).X.ToArray());
    }

    [Fact]
    public void One_hot_spreads_class_indices()
    {
        Assert.Equal([0, 0, 1, 1, 0, 0, 0, 1, 0], Three.OneHot(3).Y.ToArray());
        Assert.Equal([3, 4], new Dataset(Three.X, Three.Y.Reshape([3, 1])).OneHot(4).Y.Shape);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    public void One_hot_refuses_what_is_no_class_index_and_names_the_sample(float value)
    {
        var dataset = new Dataset(Tensor.From<float>([2, 1], 0, 0), Tensor.Vector(1, value));
        string message = Assert.Throws<ArgumentException>(() => dataset.OneHot(2)).Message;
        Assert.Contains("from 0 to 1", message, StringComparison.Ordinal);
        Assert.Contains("sample 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_hot_refuses_targets_that_are_rows() =>
        Assert.Throws<ArgumentException>(() => Three.OneHot(3).OneHot(3));

    [Fact]
    public void As_many_targets_as_samples_are_needed() =>
        Assert.Throws<ArgumentException>(() => new Dataset(Three.X, Tensor.Vector<float>(1, 2)));

    [Fact]
    public void Parts_are_read_once_and_only_when_asked_for()
    {
        int reads = 0;
        var splits = new DatasetSplits(() => throw new DatasetException("damaged"), () => ++reads > 0 ? Three : Three)
        {
            Name = "x",
            Source = "x",
            Classes = [],
            InputNormalization = "",
        };
        Assert.Equal(0, reads);
        Assert.Same(splits.Test, splits.Test);
        Assert.Equal(1, reads);
        Assert.Throws<DatasetException>(() => splits.Train);
    }
}
