namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Sigmoid of quantized elements.</summary>
internal static class QLinearSigmoidOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.QLinearSigmoid op, NodeContext node) => QLinearUnaryKernel.Create<Numerics.Kernels.Sigmoid>(node);
}
