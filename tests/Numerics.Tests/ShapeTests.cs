namespace Toolkit.Numerics.Tests;

public class ShapeTests
{
    [Fact]
    public void The_default_is_a_scalars_shape()
    {
        Shape shape = default;
        Assert.Equal(0, shape.Rank);
        Assert.Equal(1, shape.Length);
        Assert.Equal("[]", shape.ToString());
        Assert.Equal(new Shape([]), shape);
        Assert.Empty(shape.Strides());
        Assert.Throws<ArgumentOutOfRangeException>(() => shape[0]);
    }

    [Fact]
    public void Dimensions_length_and_strides_are_row_major()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal(3, shape.Rank);
        Assert.Equal(24, shape.Length);
        Assert.Equal([12, 4, 1], shape.Strides());
        Assert.Equal(2, shape[0]);
        Assert.Equal(4, shape[^1]);
        Assert.Equal([2, 3, 4], shape.Dimensions.ToArray());
        Assert.Equal("[2,3,4]", shape.ToString());
        Assert.Equal(12, shape.LengthOf(1..));
        Assert.Equal(6, shape.LengthOf(..2));
        Assert.Equal(1, shape.LengthOf(1..1));
    }

    [Fact]
    public void A_shape_does_not_see_later_changes_of_its_source()
    {
        int[] source = [2, 3];
        var shape = new Shape(source);
        source[0] = 9;
        Assert.Equal([2, 3], shape);
    }

    [Fact]
    public void Equality_is_by_dimensions()
    {
        Shape a = [2, 3];
        Shape b = [2, 3];
        Shape c = [3, 2];
        Shape d = [2, 3, 1];
        Assert.True(a == b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.True(a != c);
        Assert.False(a.Equals(d));
        Assert.False(a.Equals((object)"[2,3]"));
    }

    [Fact]
    public void A_zero_makes_it_empty_even_beside_sizes_that_would_overflow()
    {
        Shape shape = [int.MaxValue, 0, int.MaxValue];
        Assert.Equal(0, shape.Length);
    }

    [Theory]
    [InlineData(new[] { 2, -1 }, "[2,-1]")]
    [InlineData(new[] { 0, -1 }, "[0,-1]")]
    [InlineData(new[] { 65536, 65536 }, "[65536,65536]")]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue }, "more than")]
    [InlineData(new[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, "at most 16, got 17")]
    public void A_bad_shape_says_what_is_wrong(int[] dimensions, string expected)
    {
        var exception = Assert.Throws<ArgumentException>(() => new Shape(dimensions));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(-1, 2)]
    [InlineData(-3, 0)]
    public void A_negative_axis_counts_from_the_end(int axis, int expected) => Assert.Equal(expected, new Shape(4, 5, 6).NormalizeAxis(axis));

    [Theory]
    [InlineData(3)]
    [InlineData(-4)]
    public void An_axis_outside_is_an_error_with_the_range(int axis)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new Shape(4, 5, 6).NormalizeAxis(axis));
        Assert.Contains($"expected -3 to 2 for shape [4,5,6], got {axis}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new int[0], new int[0], new int[0])]
    [InlineData(new[] { 3 }, new int[0], new[] { 3 })]
    [InlineData(new[] { 2, 1 }, new[] { 3 }, new[] { 2, 3 })]
    [InlineData(new[] { 8, 1, 6, 1 }, new[] { 7, 1, 5 }, new[] { 8, 7, 6, 5 })]
    [InlineData(new[] { 0 }, new[] { 1 }, new[] { 0 })]
    [InlineData(new[] { 5, 4 }, new[] { 1 }, new[] { 5, 4 })]
    public void Shapes_broadcast_by_NumPys_rule(int[] a, int[] b, int[] expected)
    {
        Assert.Equal(new Shape(expected), Shape.Broadcast(new Shape(a), new Shape(b)));
        Assert.Equal(new Shape(expected), Shape.Broadcast(new Shape(b), new Shape(a)));
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 4 }, "axis -1 is 3 and 4")]
    [InlineData(new[] { 2, 3 }, new[] { 3, 3 }, "axis -2 is 2 and 3")]
    [InlineData(new[] { 0 }, new[] { 2 }, "axis -1 is 0 and 2")]
    public void Shapes_that_do_not_broadcast_are_an_error_with_the_axis(int[] a, int[] b, string expected)
    {
        var exception = Assert.Throws<ArgumentException>(() => Shape.Broadcast(new Shape(a), new Shape(b)));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broadcast_strides_are_0_where_an_axis_repeats()
    {
        Shape target = [2, 3, 4];
        Assert.Equal([0, 0, 0], default(Shape).BroadcastStrides(target));
        Assert.Equal([0, 0, 1], new Shape(4).BroadcastStrides(target));
        Assert.Equal([0, 1, 0], new Shape(3, 1).BroadcastStrides(target));
        Assert.Equal([12, 4, 1], target.BroadcastStrides(target));
        Assert.Throws<ArgumentException>(() => new Shape(3).BroadcastStrides(target));
        Assert.Throws<ArgumentException>(() => new Shape(1, 2, 3, 4).BroadcastStrides(target));
        Assert.Throws<ArgumentException>(() => new Shape(4).BroadcastStrides(target, new int[2]));
    }

    [Fact]
    public void It_enumerates_its_dimensions() => Assert.Equal([5, 6], new Shape(5, 6).Select(size => size));
}
