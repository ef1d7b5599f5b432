namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x / 2 · (1 + erf(x / √2)), or the approximation with tanh.</summary>
internal static class GeluOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Gelu op, NodeContext node) => op.TanhApproximation
        ? VectorUnaryKernel.Create<Numerics.Kernels.GeluTanh>(node)
        : VectorUnaryKernel.Create<Numerics.Kernels.Gelu>(node);
}
