namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = max(0, min(1, α · x + β)).</summary>
internal static class HardSigmoidOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.HardSigmoid op, NodeContext node) => VectorUnaryKernel.Create(node, new Numerics.Kernels.HardSigmoid(op.Alpha, op.Beta));
}
