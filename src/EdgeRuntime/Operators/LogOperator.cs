namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = ln x.</summary>
internal static class LogOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Log op, NodeContext node) => VectorUnaryKernel.Create<Numerics.Kernels.Logarithm>(node);
}
