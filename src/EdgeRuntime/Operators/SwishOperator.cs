namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x / (1 + e^(-α · x)).</summary>
internal static class SwishOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Swish op, NodeContext node) => VectorUnaryKernel.Create(node, new Numerics.Kernels.Swish(op.Alpha));
}
