namespace Toolkit.EdgeRuntime.Operators;

/// <summary>w(n) = 0.5 - 0.5 cos(2πn/N).</summary>
internal static class HannWindowOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.HannWindow op, NodeContext node) => WindowFunctionKernel.Create(op, 0.5, 0.5, 0, node);
}
