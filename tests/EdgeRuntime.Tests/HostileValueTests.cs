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
