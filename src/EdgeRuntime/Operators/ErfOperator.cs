namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = erf x.</summary>
internal static class ErfOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Erf op, NodeContext node) => VectorUnaryKernel.Create<Numerics.Kernels.Erf>(node);
}
