namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The same elements without some axes of size 1.</summary>
internal static class SqueezeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Squeeze op, NodeContext node) => CopyKernel.CreateView(node);
}
