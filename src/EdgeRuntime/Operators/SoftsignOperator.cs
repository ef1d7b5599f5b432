namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x / (1 + |x|).</summary>
internal static class SoftsignOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Softsign op, NodeContext node) => VectorUnaryKernel.Create<Numerics.Kernels.Softsign>(node);
}
