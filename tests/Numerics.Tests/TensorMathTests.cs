namespace Toolkit.Numerics.Tests;

public class TensorMathTests
{
    [Fact]
    public void Operators_broadcast_and_take_scalars_on_either_side()
    {
        Tensor<float> x = Tensor.From([2, 3], 1f, 2f, 3f, 4f, 5f, 6f);
        Tensor<float> row = Tensor.Vector(10f, 20f, 30f);
        Assert.Equal([11, 22, 33, 14, 25, 36], (x + row).ToArray());
        Assert.Equal([-9, -18, -27, -6, -15, -24], (x - row).ToArray());
        Assert.Equal([2, 4, 6, 8, 10, 12], (2f * x).ToArray());
        Assert.Equal([0.5f, 1, 1.5f, 2, 2.5f, 3], (x / 2f).ToArray());
        Assert.Equal([-1, -2, -3, -4, -5, -6], (-x).ToArray());
        Assert.Throws<ArgumentException>(() => x + Tensor.Vector(1f, 2f));
    }

    [Fact]
    public void Operators_work_on_integers_and_on_strided_views()
    {
        Tensor<int> x = Tensor.Arange(6).Reshape(2, 3);
        Assert.Equal([0, 6, 2, 8, 4, 10], (x.Transpose() + x.Transpose()).ToArray());
        Assert.Equal([0, 1, 0, 1, 0, 1], (x % 2).ToArray());
        Assert.Equal([0, 0, 1, 1, 2, 2], (x / 2).ToArray());
    }

    [Fact]
    public void Comparisons_give_masks_that_select()
    {
        Tensor<float> x = Tensor.Vector(-2f, 0f, 3f);
        Assert.Equal([false, false, true], (x > 0f).ToArray());
        Assert.Equal([true, false, false], (x < 0f).ToArray());
        Assert.Equal([false, true, true], (x >= 0f).ToArray());
        Assert.Equal([false, true, false], ((x >= 0f) & (x <= 0f)).ToArray());
        Assert.Equal([true, false, true], (!Tensor.Equal(x, Tensor.Scalar(0f))).ToArray());
        Assert.Equal([0, 0, 3], Tensor.Where(x > 0f, x, Tensor.Scalar(0f)).ToArray());
        Assert.Equal([0, 0, 3], Tensor.Maximum(x, 0f).ToArray());
        Assert.Equal([-1, 0, 1], Tensor.Clip(x, -1f, 1f).ToArray());
    }

    [Fact]
    public void Reductions_run_over_one_axis_or_over_all()
    {
        Tensor<float> x = Tensor.From([2, 3], 1f, 5f, 3f, 4f, 2f, 6f);
        Assert.Equal(21f, x.Sum());
        Assert.Equal([5, 7, 9], x.Sum(axis: 0).ToArray());
        Assert.Equal([9, 12], x.Sum(axis: 1).ToArray());
        Assert.Equal([2, 1], x.Sum(axis: -1, keepDims: true).Shape);
        Assert.Equal(3.5, x.Mean());
        Assert.Equal([3.0, 4.0], x.Mean(axis: 1).ToArray());
        Assert.Equal([4, 5, 6], x.Max(axis: 0).ToArray());
        Assert.Equal(1f, x.Min());
        Assert.Equal([1, 2], x.ArgMax(axis: 1).ToArray());
        Assert.Equal(35.0 / 12, x.Variance(), 12);
        Assert.True((x > 0f).All());
        Assert.False((x > 6f).Any());
        Assert.Throws<InvalidOperationException>(() => Tensor.Zeros<float>([0]).Max());
    }

    [Fact]
    public void A_maximum_of_numbers_with_a_NaN_is_NaN()
    {
        Assert.True(float.IsNaN(Tensor.Vector(1f, float.NaN, 3f).Max()));
        Assert.Equal(1, Tensor.Vector(1f, float.NaN, 3f).ArgMin());
    }

    [Fact]
    public void MatMul_follows_NumPy_for_every_rank()
    {
        Tensor<float> a = Tensor.From([2, 3], 1f, 2f, 3f, 4f, 5f, 6f);
        Tensor<float> b = Tensor.From([3, 2], 7f, 8f, 9f, 10f, 11f, 12f);
        Assert.Equal([58, 64, 139, 154], Tensor.MatMul(a, b).ToArray());
        Tensor<float> vector = Tensor.Vector(1f, 0f, 2f);
        Assert.Equal([7, 16], Tensor.MatMul(a, vector).ToArray());
        Assert.Equal([29, 32], Tensor.MatMul(vector, b).ToArray());
        Assert.Equal(5f, Tensor.MatMul(vector, vector).ToScalar());
        Tensor<float> batches = Tensor.Stack(0, a, a * 2f);
        Assert.Equal([58, 64, 139, 154, 116, 128, 278, 308], Tensor.MatMul(batches, b).ToArray());
        Assert.Throws<ArgumentException>(() => Tensor.MatMul(a, a));
    }

    [Fact]
    public void Dot_contracts_the_last_axis_with_the_last_but_one()
    {
        // numpy: np.dot(np.arange(12).reshape(2,2,3), np.arange(12).reshape(2,3,2)).shape == (2,2,2,2), first row [10, 13, 28, 31]
        Tensor<int> x = Tensor.Arange(12).Reshape(2, 2, 3);
        Tensor<int> y = Tensor.Arange(12).Reshape(2, 3, 2);
        Tensor<int> z = Tensor.Dot(x, y);
        Assert.Equal([2, 2, 2, 2], z.Shape);
        Assert.Equal([10, 13, 28, 31], z[0, 0, .., ..].ToArray());
        Assert.Equal(32, Tensor.Dot(Tensor.Vector(1, 2, 3), Tensor.Vector(4, 5, 6)).ToScalar());
    }

    [Fact]
    public void Functions_apply_element_by_element()
    {
        Tensor<double> x = Tensor.Linspace(0, 1, 3);
        Assert.Equal([1.0, Math.Exp(0.5), Math.E], Tensor.Exp(x).ToArray());
        Assert.Equal([0.0, 0.25, 1.0], Tensor.Pow(x, 2.0).ToArray());
        Assert.Equal(1.0, Tensor.Softmax(x).Sum(), 12);
        Assert.Equal([0, 2, 127], Tensor.Cast<double, sbyte>(Tensor.Vector(0.9, 2.9, 1000.0)).ToArray().Select(value => (int)value));
    }

    [Theory]
    [InlineData(new[] { 1.5f, 2f, -3.25f }, "[ 1.5   2.   -3.25]")]
    [InlineData(new[] { 1f, 2f, 3f }, "[1. 2. 3.]")]
    [InlineData(new[] { 0f, float.NaN, float.PositiveInfinity }, "[ 0. nan inf]")]
    public void Vectors_print_as_NumPy_prints_them(float[] values, string expected) => Assert.Equal(expected, Tensor.Vector<float>(values).ToString());

    [Fact]
    public void Matrices_print_a_row_a_line_and_long_axes_are_summarised()
    {
        Assert.Equal("[[0 1 2]\n [3 4 5]]", Tensor.Arange(6).Reshape(2, 3).ToString());
        Assert.Equal("[[[0 1]\n  [2 3]]\n\n [[4 5]\n  [6 7]]]", Tensor.Arange(8).Reshape(2, 2, 2).ToString());
        Assert.Equal("[   0    1    2 ... 1998 1999 2000]", Tensor.Arange(2001).ToString());
    }
}
