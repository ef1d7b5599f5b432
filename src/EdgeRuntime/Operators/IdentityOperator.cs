using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x.</summary>
internal static class IdentityOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Identity op, NodeContext node) =>
        node.ValueType(0) is TensorType ? CopyKernel.CreateView(node) : new ValueIdentityKernel();
}
