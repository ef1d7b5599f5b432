namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The same elements under another shape.</summary>
internal static class ReshapeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Reshape op, NodeContext node) => CopyKernel.CreateView(node);
}
