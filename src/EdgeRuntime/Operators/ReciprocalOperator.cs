namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = 1 / x.</summary>
internal static class ReciprocalOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Reciprocal op, NodeContext node) => VectorUnaryKernel.Create<Numerics.Kernels.Reciprocal>(node);
}
