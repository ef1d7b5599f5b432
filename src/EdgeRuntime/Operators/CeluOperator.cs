namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x where x &gt; 0, else α · (e^(x / α) - 1).</summary>
internal static class CeluOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Celu op, NodeContext node) => op.Alpha != 0
        ? VectorUnaryKernel.Create(node, new Numerics.Kernels.Celu(op.Alpha))
        : throw node.Unsupported("alpha 0 has no value; use Relu.");
}
