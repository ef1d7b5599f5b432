namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = 1 / (1 + e⁻ˣ).</summary>
internal static class SigmoidOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Sigmoid op, NodeContext node) => VectorUnaryKernel.Create<Numerics.Kernels.Sigmoid>(node);
}
