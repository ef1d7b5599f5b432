namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x · tanh(ln(1 + eˣ)).</summary>
internal static class MishOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Mish op, NodeContext node) => VectorUnaryKernel.Create<Numerics.Kernels.Mish>(node);
}
