namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = √x.</summary>
internal static class SqrtOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Sqrt op, NodeContext node) => VectorUnaryKernel.Create<Numerics.Kernels.SquareRoot>(node);
}
