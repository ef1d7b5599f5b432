namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The same elements with more axes of size 1.</summary>
internal static class UnsqueezeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Unsqueeze op, NodeContext node) => CopyKernel.CreateView(node);
}
