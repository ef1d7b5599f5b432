namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x where x &gt; α, else 0.</summary>
internal static class ThresholdedReluOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ThresholdedRelu op, NodeContext node) => VectorUnaryKernel.Create(node, new Numerics.Kernels.ThresholdedRelu(op.Alpha));
}
