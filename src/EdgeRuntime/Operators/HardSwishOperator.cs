namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x · max(0, min(1, x / 6 + 0.5)).</summary>
internal static class HardSwishOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.HardSwish op, NodeContext node) => VectorUnaryKernel.Create<Numerics.Kernels.HardSwish>(node);
}
