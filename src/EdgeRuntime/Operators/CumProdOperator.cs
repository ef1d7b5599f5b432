using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The running product along an axis; integers wrap around.</summary>
internal static class CumProdOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.CumProd op, NodeContext node) => CumulativeKernel.Create<Scalar>(op, isProduct: true, node);

    private readonly struct Scalar : IArithmetic
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => x * y;
    }
}
