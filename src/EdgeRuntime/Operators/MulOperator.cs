using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>C = A · B, broadcast; integers wrap around.</summary>
internal static class MulOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Mul op, NodeContext node) => ArithmeticKernel.Create<Numerics.Kernels.Multiply, Scalar>(node);

    private readonly struct Scalar : IArithmetic
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => x * y;
    }
}
