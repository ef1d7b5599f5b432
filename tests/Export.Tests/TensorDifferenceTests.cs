using Toolkit.Numerics;

namespace Toolkit.Export.Tests;

public class TensorDifferenceTests
{
    [Fact]
    public void Equal_tensors_do_not_differ()
    {
        var tensor = Tensor.Vector(1f, float.NaN, float.PositiveInfinity, -0f);

        Assert.Equal(TensorDifference.None, TensorDifference.Between(tensor, tensor.Clone(), 0));
    }

    [Fact]
    public void The_greatest_difference_counts()
    {
        TensorDifference difference = TensorDifference.Between(Tensor.Vector(0.5, 0.25, 4), Tensor.Vector(0.5, 0.5, 4.125), 1);

        Assert.Equal(0.25, difference.MaxAbsolute);
        Assert.Equal(0.5, difference.MaxRelative);
    }

    [Fact]
    public void The_tolerance_is_absolute_up_to_one_and_relative_beyond()
    {
        Assert.True(TensorDifference.Between(Tensor.Vector(1.0), Tensor.Vector(1.0099), 0.01).Agrees);
        Assert.False(TensorDifference.Between(Tensor.Vector(0.5), Tensor.Vector(0.5101), 0.01).Agrees);
        Assert.True(TensorDifference.Between(Tensor.Vector(100.0), Tensor.Vector(100.9), 0.01).Agrees);
        Assert.False(TensorDifference.Between(Tensor.Vector(100.0), Tensor.Vector(101.1), 0.01).Agrees);
    }

    [Theory]
    [InlineData(float.NaN, 0f)]
    [InlineData(0f, float.NaN)]
    [InlineData(float.PositiveInfinity, float.NegativeInfinity)]
    [InlineData(1f, float.PositiveInfinity)]
    public void Not_a_number_and_infinity_never_agree_with_anything_else(float expected, float actual)
    {
        TensorDifference difference = TensorDifference.Between(Tensor.Vector(expected), Tensor.Vector(actual), 1e30);

        Assert.False(difference.Agrees);
        Assert.Equal(double.PositiveInfinity, difference.MaxAbsolute);
    }

    [Fact]
    public void Rows_whose_greatest_element_stands_elsewhere_are_counted()
    {
        var expected = Tensor.From([3, 2], 0.9f, 0.1f, 0.2f, 0.8f, 0.6f, 0.4f);
        var actual = Tensor.From([3, 2], 0.8f, 0.2f, 0.7f, 0.3f, 0.4f, 0.6f);

        Assert.Equal(2, TensorDifference.Between(expected, actual, 1).ArgMaxDisagreements);
    }

    [Fact]
    public void Integers_are_compared_as_numbers() =>
        Assert.Equal(2, TensorDifference.Between(Tensor.Vector(3L, 4L), Tensor.Vector(3L, 6L), 0).MaxAbsolute);

    [Fact]
    public void Different_shapes_and_types_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TensorDifference.Between(Tensor.Vector(1f), Tensor.Vector(1f, 2f), 1));
        Assert.Throws<ArgumentException>(() => TensorDifference.Between(Tensor.Vector(1f), Tensor.Vector(1.0), 1));
        Assert.Throws<ArgumentException>(() => TensorDifference.Between(Tensor.Vector("a"), Tensor.Vector("b"), 1));
    }
}
