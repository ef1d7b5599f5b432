namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = tanh x.</summary>
internal static class TanhOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Tanh op, NodeContext node) => VectorUnaryKernel.Create<Numerics.Kernels.HyperbolicTangent>(node);
}
