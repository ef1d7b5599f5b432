namespace Toolkit.EdgeRuntime.Operators;

/// <summary>w(n) = 25/46 - 21/46 cos(2πn/N).</summary>
internal static class HammingWindowOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.HammingWindow op, NodeContext node) => WindowFunctionKernel.Create(op, 25.0 / 46, 21.0 / 46, 0, node);
}
