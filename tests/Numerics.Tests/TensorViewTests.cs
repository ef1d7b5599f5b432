namespace Toolkit.Numerics.Tests;

public class TensorViewTests
{
    private static Tensor<int> Counting(params int[] dimensions) => Tensor.Arange(new Shape(dimensions).Length).Reshape(dimensions);

    [Fact]
    public void A_range_on_the_first_axis_shares_the_elements()
    {
        Tensor<int> x = Counting(6, 2);
        Tensor<int> view = x[2..4];
        Assert.Equal([2, 2], view.Shape);
        Assert.True(view.IsContiguous);
        view[0, 0] = 99;
        Assert.Equal(99, x[2, 0]);
    }

    [Fact]
    public void Ranges_on_inner_axes_cut_a_window_out_of_every_image()
    {
        Tensor<int> x = Counting(2, 4, 4);
        Tensor<int> corner = x[.., 2.., 2..];
        Assert.Equal([2, 2, 2], corner.Shape);
        Assert.False(corner.IsContiguous);
        Assert.Equal([10, 11, 14, 15, 26, 27, 30, 31], corner.ToArray());
        Assert.Equal([5, 6, 9, 10, 21, 22, 25, 26], x[.., 1..^1, 1..^1].ToArray());
    }

    [Fact]
    public void An_index_takes_its_axis_away_and_a_negative_one_counts_from_the_end()
    {
        Tensor<int> x = Counting(2, 3);
        Assert.Equal([3, 4, 5], x[^1, ..].ToArray());
        Assert.Equal([2, 5], x[.., -1].ToArray());
        Assert.Equal([2], x[.., ^1].Shape);
    }

    [Fact]
    public void A_view_of_a_view_selects_from_what_is_left()
    {
        Tensor<int> x = Counting(4, 6);
        Assert.Equal([15, 16, 21, 22], x[1.., 2..5][1.., 1..].ToArray());
    }

    [Fact]
    public void Assigning_to_a_view_broadcasts_the_value()
    {
        Tensor<int> x = Tensor.Zeros<int>([2, 3]);
        x[.., 1..] = Tensor.Vector(7, 8);
        Assert.Equal([0, 7, 8, 0, 7, 8], x.ToArray());
        x[0, ..] = Tensor.Scalar(5);
        Assert.Equal([5, 5, 5, 0, 7, 8], x.ToArray());
    }

    [Fact]
    public void Assigning_between_overlapping_views_reads_before_it_writes()
    {
        Tensor<int> x = Counting(3, 3);
        x[.., 1..] = x[.., ..2];
        Assert.Equal([0, 0, 1, 3, 3, 4, 6, 6, 7], x.ToArray());
        Tensor<int> row = Counting(5);
        row[1..] = row[..^1];
        Assert.Equal([0, 0, 1, 2, 3], row.ToArray());
    }

    [Fact]
    public void Transposing_reverses_the_axes_or_takes_their_order()
    {
        Tensor<int> x = Counting(2, 3);
        Assert.Equal([0, 3, 1, 4, 2, 5], x.Transpose().ToArray());
        Assert.Equal([4, 2, 3], Counting(2, 3, 4).Transpose(2, 0, 1).Shape);
        Assert.Equal(x.ToArray(), x.Transpose().Transpose().ToArray());
        Assert.Throws<ArgumentException>(() => x.Transpose(0, 0));
    }

    [Fact]
    public void Reshape_fills_in_one_free_dimension_and_copies_a_strided_view()
    {
        Tensor<int> x = Counting(2, 3);
        Assert.Equal([3, 2], x.Reshape(-1, 2).Shape);
        Assert.Equal([0, 3, 1, 4, 2, 5], x.Transpose().Reshape(6).ToArray());
        Assert.Throws<ArgumentException>(() => x.Reshape(4, -1));
    }

    [Fact]
    public void Broadcasting_a_view_repeats_without_copying()
    {
        Tensor<int> column = Counting(3, 1).BroadcastTo([2, 3, 2]);
        Assert.Equal([0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2], column.ToArray());
        Assert.Equal([0, 1, 0], column.Strides.ToArray());
        Assert.Throws<ArgumentException>(() => Counting(3).BroadcastTo([2]));
    }

    [Fact]
    public void A_strided_view_has_no_span_and_says_what_to_do()
    {
        Tensor<int> view = Counting(2, 3)[.., 1..];
        string message = Assert.Throws<InvalidOperationException>(() => view.Span.Length).Message;
        Assert.Contains("Contiguous()", message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 4, 5], view.Contiguous().Span.ToArray());
    }

    [Fact]
    public void Empty_ranges_give_empty_tensors()
    {
        Tensor<int> x = Counting(2, 3);
        Assert.Empty(x[1..1].ToArray());
        Assert.Equal([2, 0], x[.., 3..].Shape);
    }

    [Fact]
    public void Indices_outside_an_axis_are_named()
    {
        Tensor<int> x = Counting(2, 3);
        Assert.Contains("axis 1", Assert.Throws<ArgumentOutOfRangeException>(() => x[.., 1..5]).Message, StringComparison.Ordinal);
        Assert.Contains("axis 0", Assert.Throws<ArgumentOutOfRangeException>(() => x[2, ..]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => x[.., .., ..]);
    }

    [Fact]
    public void Stack_and_concatenate_join_along_new_and_old_axes()
    {
        Tensor<int> a = Tensor.Vector(1, 2);
        Tensor<int> b = Tensor.Vector(3, 4);
        Assert.Equal([1, 2, 3, 4], Tensor.Concatenate(0, a, b).ToArray());
        Assert.Equal([1, 3, 2, 4], Tensor.Stack(1, a, b).ToArray());
        Assert.Throws<ArgumentException>(() => Tensor.Concatenate(0, a, Counting(2, 2)));
    }
}
