using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Values that only a run knows and that make no sense for their operator: a typed exception that names the node, or a defined result.</summary>
public sealed class HostileValueTests
{
    [Fact]
    public void A_remainder_of_division_by_zero_is_refused_and_its_overflow_is_0()
    {
        Refused(new O.Mod(), "got 0 in B", Tensor.Vector(1, 2), Tensor.Vector(1, 0));
        Assert.Equal([0, 0], Run<int>(new O.Mod(), Tensor.Vector(int.MinValue, 7), Tensor.Vector(-1, -1)));
        Assert.Equal([0L], Run<long>(new O.Mod(Fmod: true), Tensor.Vector(long.MinValue), Tensor.Vector(-1L)));
    }

    [Fact]
    public void A_shift_by_the_width_or_more_leaves_nothing()
    {
        Assert.Equal([0u, 0u, 1u], Run<uint>(new O.BitShift(true), Tensor.Vector(1u, 1u, 1u), Tensor.Vector(32u, uint.MaxValue, 0u)));
        Assert.Equal([(byte)0, (byte)1], Run<byte>(new O.BitShift(false), Tensor.Vector<byte>(255, 255), Tensor.Vector<byte>(8, 7)));
    }

    [Fact]
    public void The_extremes_of_no_bools_are_the_ends_of_the_order()
    {
        Assert.Equal([false, false], Run<bool>(new O.ReduceMax(false), new Tensor<bool>([2, 0]), Tensor.Vector(1L)));
        Assert.Equal([true, true], Run<bool>(new O.ReduceMin(false), new Tensor<bool>([2, 0]), Tensor.Vector(1L)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-3)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Axes_outside_of_the_data_are_refused(long axis)
    {
        var x = new Tensor<float>([2, 3]);
        Refused(new O.CumSum(), $"got {axis}", x, Tensor.Scalar(axis));
        Refused(new O.ReduceL2(), $"got {axis}", x, Tensor.Vector(axis));
        Refused(new O.ReduceProd(), $"got {axis}", x, Tensor.Vector(axis));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-4)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Indices_outside_of_the_data_are_refused(long index)
    {
        var x = new Tensor<float>([3, 2]);
        string message = $"got {index}";
        Refused(new O.GatherElements(), message, x, Tensor.From([1, 1], index));
        Refused(new O.GatherND(), message, x, Tensor.Vector(0L, index));
        Refused(new O.ScatterElements(), message, x, Tensor.From([1, 1], index), new Tensor<float>([1, 1]));
        Refused(new O.ScatterElements(0, O.ScatterReduction.Add), message, x, Tensor.From([1, 1], index), new Tensor<float>([1, 1]));
        Refused(new O.ScatterND(), message, x, Tensor.From([1, 1], index), new Tensor<float>([1, 2]));
    }

    [Fact]
    public void One_hot_indices_of_any_size_leave_the_off_value_outside_of_the_axis()
    {
        Tensor values = Tensor.Vector(0, 1);
        Assert.Equal([0, 0, 0, 0, 0, 1], Run<int>(new O.OneHot(), Tensor.Vector(long.MaxValue, long.MinValue, -1), Tensor.Scalar(2L), values));
        Assert.Equal([0, 0, 0, 0], Run<int>(new O.OneHot(), Tensor.Vector(float.PositiveInfinity, float.NegativeInfinity), Tensor.Scalar(2L), values));
        Refused(new O.OneHot(), "got -1", Tensor.Vector(0L), Tensor.Scalar(-1L), values);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Lengths_beyond_the_data_are_refused(long length)
    {
        Refused(new O.ReverseSequence(), $"got {length}", new Tensor<float>([3, 1]), Tensor.Vector(length));
        Refused(new O.TensorScatter(), $"got {length}", new Tensor<float>([1, 3, 1]), new Tensor<float>([1, 1, 1]), Tensor.Vector(length));
        Refused(new O.TensorScatter(-2, true), $"got {length}", new Tensor<float>([1, 3, 1]), new Tensor<float>([1, 1, 1]), Tensor.Vector(length));
        Refused(new O.TopK(), $"got {length}", new Tensor<float>([3]), Tensor.Vector(length));
    }

    [Fact]
    public void Sizes_that_no_memory_holds_are_refused()
    {
        Refused(new O.Range(), "exceeds the limit", Tensor.Scalar(0L), Tensor.Scalar(long.MaxValue), Tensor.Scalar(1L));
        Refused(new O.Range(), "exceeds the limit", Tensor.Scalar(long.MinValue), Tensor.Scalar(long.MaxValue), Tensor.Scalar(1L));
        Refused(new O.Range(), "fewer numbers", Tensor.Scalar(0f), Tensor.Scalar(float.PositiveInfinity), Tensor.Scalar(1f));
        Refused(new O.Range(), "fewer numbers", Tensor.Scalar(0f), Tensor.Scalar(float.NaN), Tensor.Scalar(1f));
        Refused(new O.Range(), "other than 0", Tensor.Scalar(0), Tensor.Scalar(1), Tensor.Scalar(0));
        Refused(new O.Tile(), "exceeds the limit", new Tensor<float>([2]), Tensor.Vector(1L << 40));
        Refused(new O.Tile(), "64 bits", new Tensor<float>([2]), Tensor.Vector(long.MaxValue));
        Refused(new O.Tile(), "0 or more", new Tensor<float>([2]), Tensor.Vector(-1L));
        Refused(new O.OneHot(), "exceeds the limit", Tensor.Vector(0L), Tensor.Scalar(long.MaxValue / 2), Tensor.Vector(0f, 1f));
        Refused(new O.CenterCropPad(), "exceeds the limit", new Tensor<float>([2]), Tensor.Vector(1L << 40));
    }

    [Fact]
    public void Diagonals_of_any_number_stay_inside_the_matrix()
    {
        Tensor x = Tensor.From([2, 2], 1f, 2f, 3f, 4f);
        foreach (long k in new[] { long.MaxValue, long.MinValue, int.MaxValue, int.MinValue })
        {
            Assert.Equal(k > 0 ? [0, 0, 0, 0] : [1, 2, 3, 4], Run<float>(new O.Trilu(), x, Tensor.Scalar(k)));
            Assert.Equal(k < 0 ? [0, 0, 0, 0] : [1, 2, 3, 4], Run<float>(new O.Trilu(false), x, Tensor.Scalar(k)));
            Assert.Equal([0, 0, 0, 0], Run<float>(new O.EyeLike(null, k), x));
        }
    }

    [Fact]
    public void A_condition_that_holds_beyond_the_data_is_refused()
    {
        Refused(new O.Compress(0), "got true at 2", new Tensor<float>([2, 3]), Tensor.Vector(true, false, true));
        Assert.Equal([1f], Run<float>(new O.Compress(), Tensor.Vector(1f, 2f), Tensor.Vector(true, false, false)));
    }

    [Fact]
    public void The_distinct_elements_know_NaN_and_both_zeros_once()
    {
        Assert.Equal([-1f, 0f, 2f, float.NaN], Run<float>(new O.Unique(), Tensor.Vector(float.NaN, 0f, -0f, 2f, float.NaN, -1f)));
        Assert.Equal([true], Run<bool>(new O.Unique(), Tensor.Vector(true, true)));
        Assert.Equal([1L], Run<long>(new O.NonZero(), Tensor.Vector("", "a")));
    }

    [Fact]
    public void The_greatest_elements_have_NaN_first() =>
        Assert.Equal([float.NaN, 3f, 1f], Run<float>(new O.TopK(), Tensor.Vector(1f, float.NaN, 3f, -5f), Tensor.Vector(3L)));

    [Fact]
    public void A_byte_that_becomes_a_bool_is_0_or_1() =>
        Assert.Equal([true, false, true], Run<bool>(new O.BitCast(ElementType.Bool), Tensor.Vector<byte>(2, 0, 255)));

    private static T[] Run<T>(Operator op, params Tensor?[] inputs)
    {
        var @case = new OperatorCase("", op, inputs, new Tensor<T>([0]));
        using ManagedSession session = ManagedBackend.Compile(@case.ToModel(constants: false));
        return session.Run(@case.Feeds()).GetAt(0).Value.As<T>().ToArray();
    }

    private static void Refused(Operator op, string message, params Tensor?[] inputs)
    {
        var @case = new OperatorCase("", op, inputs, new Tensor<float>([0]));
        using ManagedSession session = ManagedBackend.Compile(@case.ToModel(constants: false));
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => session.Run(@case.Feeds()));
        Assert.Contains(op.OpType, exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);

        // The same values as constants are a bad model.
        Assert.Throws<OnnxModelException>(() => ManagedBackend.Compile(@case.ToModel(constants: true)));
    }
}
