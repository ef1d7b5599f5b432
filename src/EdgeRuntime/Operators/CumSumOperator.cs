using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The running sum along an axis; integers wrap around.</summary>
internal static class CumSumOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.CumSum op, NodeContext node) => CumulativeKernel.Create<Scalar>(op, isProduct: false, node);

    private readonly struct Scalar : IArithmetic
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => x + y;
    }
}
