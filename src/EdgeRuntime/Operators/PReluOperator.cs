using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x where x ≥ 0, else slope · x, the slope broadcast to x.</summary>
internal static class PReluOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.PRelu op, NodeContext node) => ArithmeticKernel.Create<Numerics.Kernels.ParametricRelu, Scalar>(node);

    private readonly struct Scalar : IArithmetic
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => x < T.Zero ? x * y : x;
    }
}
