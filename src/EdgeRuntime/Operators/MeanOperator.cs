using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = Σ xᵢ / n, broadcast.</summary>
internal static class MeanOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Mean op, NodeContext node) => VariadicKernel.Create<Numerics.Kernels.Add, Scalar>(node, isMean: true);

    private readonly struct Scalar : IArithmetic
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => x + y;
    }
}
