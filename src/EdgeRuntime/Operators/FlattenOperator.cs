namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The same elements as a matrix.</summary>
internal static class FlattenOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Flatten op, NodeContext node) => CopyKernel.CreateView(node);
}
