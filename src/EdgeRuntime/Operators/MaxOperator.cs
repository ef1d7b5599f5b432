using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = max xᵢ, broadcast; NaN where any is NaN.</summary>
internal static class MaxOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Max op, NodeContext node) => VariadicKernel.Create<Numerics.Kernels.PropagatingMaximum, Scalar>(node, isMean: false);

    private readonly struct Scalar : IArithmetic
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => T.Max(x, y);
    }
}
