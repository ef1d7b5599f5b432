namespace Toolkit.EdgeRuntime.Operators;

/// <summary>LeakyRelu of quantized elements.</summary>
internal static class QLinearLeakyReluOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.QLinearLeakyRelu op, NodeContext node) => QLinearUnaryKernel.Create(node, new Numerics.Kernels.LeakyRelu(op.Alpha));
}
