namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = γ · x where x &gt; 0, else γ · α · (eˣ - 1).</summary>
internal static class SeluOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Selu op, NodeContext node) => VectorUnaryKernel.Create(node, new Numerics.Kernels.Selu(op.Alpha, op.Gamma));
}
