namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x where x &gt; 0, else α · (eˣ - 1).</summary>
internal static class EluOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Elu op, NodeContext node) => VectorUnaryKernel.Create(node, new Numerics.Kernels.Elu(op.Alpha));
}
