using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = Σ xᵢ, broadcast.</summary>
internal static class SumOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Sum op, NodeContext node) => VariadicKernel.Create<Numerics.Kernels.Add, Scalar>(node, isMean: false);

    private readonly struct Scalar : IArithmetic
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => x + y;
    }
}
