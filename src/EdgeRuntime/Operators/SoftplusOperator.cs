namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = ln(1 + eˣ).</summary>
internal static class SoftplusOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Softplus op, NodeContext node) => VectorUnaryKernel.Create<Numerics.Kernels.Softplus>(node);
}
