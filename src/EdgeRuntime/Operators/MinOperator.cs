using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = min xᵢ, broadcast; NaN where any is NaN.</summary>
internal static class MinOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Min op, NodeContext node) => VariadicKernel.Create<Numerics.Kernels.PropagatingMinimum, Scalar>(node, isMean: false);

    private readonly struct Scalar : IArithmetic
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => T.Min(x, y);
    }
}
