namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x where x &gt; 0, else α · x.</summary>
internal static class LeakyReluOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.LeakyRelu op, NodeContext node) => VectorUnaryKernel.Create(node, new Numerics.Kernels.LeakyRelu(op.Alpha));
}
