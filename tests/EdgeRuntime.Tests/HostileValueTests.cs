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
