namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x.</summary>
internal static class IdentityOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Identity op, NodeContext node) => CopyKernel.CreateView(node);
}
