namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = eˣ.</summary>
internal static class ExpOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Exp op, NodeContext node) => VectorUnaryKernel.Create<Numerics.Kernels.Exponential>(node);
}
