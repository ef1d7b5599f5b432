namespace Toolkit.EdgeRuntime.Operators;

/// <summary>w(n) = 0.42 - 0.5 cos(2πn/N) + 0.08 cos(4πn/N).</summary>
internal static class BlackmanWindowOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.BlackmanWindow op, NodeContext node) => WindowFunctionKernel.Create(op, 0.42, 0.5, 0.08, node);
}
